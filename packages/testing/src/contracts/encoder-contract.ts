import assert from 'node:assert/strict';
import { randomSource, type RandomSource } from '@crossmodal/core';
import { seededNormal, tf, type ApplyContext, type Module } from '@crossmodal/tensors';
import { allClose } from '../matchers/all-close.js';
import type { ContractCase } from './contract-case.js';
import { keepsTensors } from './keeps-tensors.js';
import { throwsTyped } from './throws-typed.js';
import { watched } from './watched.js';

/** An encoder, a decoder or any other layer, as the contract sees it. */
export interface EncoderLike extends Module {
  readonly inputShape: readonly number[];
  readonly outputShape: readonly number[];
  apply(x: tf.Tensor, context: ApplyContext): tf.Tensor;
}

/** What {@link encoderContract} takes. */
export interface EncoderContractOptions {
  /** Seed of the weights and inputs. @defaultValue 0 */
  readonly seed?: number;
}

/**
 * What every encoder and decoder promises: the shapes it states, weights decided by the random source, rows encoded each by
 * itself in inference, a finite gradient for each trainable variable, typed errors on other shapes, and no tensor left.
 *
 * @param make - makes it, drawing its weights from the source
 */
export function encoderContract(
  make: (random: RandomSource) => EncoderLike,
  options: EncoderContractOptions = {},
): readonly ContractCase[] {
  const { seed = 0 } = options;
  const inference: ApplyContext = { training: false };
  const batch = 5;

  function using(check: (layer: EncoderLike, x: tf.Tensor) => void | Promise<void>): () => Promise<void> {
    return () =>
      keepsTensors(async () => {
        const layer = make(randomSource(seed));
        const x = seededNormal([batch, ...layer.inputShape], randomSource(seed).fork('input'));
        try {
          await check(layer, x);
        } finally {
          x.dispose();
          layer.dispose();
          layer.dispose();
        }
      });
  }
  const outputs = (layer: EncoderLike, x: tf.Tensor) =>
    tf.tidy(() => Array.from(layer.apply(x, inference).dataSync()));

  const cases: readonly (readonly [string, () => Promise<void>])[] = [
    [
      'it has the shapes it states',
      using((layer, x) => {
        for (const training of [false, true]) {
          const y = layer.apply(x, { training });
          assert.deepEqual(y.shape, [batch, ...layer.outputShape]);
          y.dispose();
        }
      }),
    ],
    [
      'the seed decides its weights',
      using((layer, x) => {
        const twin = make(randomSource(seed));
        const { random, drawn } = watched(randomSource(seed + 1));
        const other = make(random);
        try {
          assert.deepEqual(outputs(twin, x), outputs(layer, x));
          if (drawn()) assert.notDeepEqual(outputs(other, x), outputs(layer, x));
        } finally {
          twin.dispose();
          other.dispose();
        }
      }),
    ],
    [
      'a row is encoded the same in any batch',
      using((layer, x) => {
        const all = outputs(layer, x);
        const width = all.length / batch;
        for (let i = 0; i < batch; i++) {
          const row = tf.slice(x, [i, ...layer.inputShape.map(() => 0)], [1, ...layer.inputShape]);
          const { close, message } = allClose(outputs(layer, row), all.slice(i * width, (i + 1) * width), {
            absolute: 1e-5,
          });
          row.dispose();
          assert.ok(close, `row ${i}: ${message}`);
        }
      }),
    ],
    [
      'each trainable variable has a finite gradient, and is among the variables first',
      using((layer, x) => {
        assert.deepEqual(layer.variables.slice(0, layer.trainable.length), layer.trainable);
        if (layer.trainable.length === 0) return;
        const value = () => tf.sum(tf.square(layer.apply(x, { training: true }))) as tf.Scalar;
        tf.tidy(() => {
          const { grads } = tf.variableGrads(value, [...layer.trainable]);
          for (const variable of layer.trainable) {
            const gradient = grads[variable.name];
            assert.ok(gradient, `gradient of ${variable.name}`);
            assert.ok(gradient.dataSync().every(Number.isFinite), `finite gradient of ${variable.name}`);
          }
        });
      }),
    ],
    [
      'applying it leaves nothing but its output, and the input as it was',
      using((layer, x) => {
        const before = Array.from(x.dataSync());
        const alive = tf.memory().numTensors;
        layer.apply(x, inference).dispose();
        assert.equal(tf.memory().numTensors, alive);
        assert.deepEqual(Array.from(x.dataSync()), before);
      }),
    ],
    [
      'another input shape is refused',
      using(async (layer) => {
        const shape = layer.inputShape.map((size) => size + 1);
        const wrong = tf.zeros([batch, ...shape]);
        await throwsTyped(() => layer.apply(wrong, inference), ['shape']);
        wrong.dispose();
      }),
    ],
  ];
  return cases.map(([name, run]) => ({ name: `${name} (seed ${seed})`, run }));
}
