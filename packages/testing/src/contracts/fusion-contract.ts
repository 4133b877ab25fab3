import assert from 'node:assert/strict';
import { randomSource, type RandomSource } from '@crossmodal/core';
import { seededNormal, tf, type ApplyContext, type Module } from '@crossmodal/tensors';
import { allClose } from '../matchers/all-close.js';
import type { ContractCase } from './contract-case.js';
import { keepsTensors } from './keeps-tensors.js';
import { throwsTyped } from './throws-typed.js';

/** Encoders and decoders of several modalities, as the contract sees them. */
export interface FusionLike extends Module {
  readonly inputShapes: readonly (readonly number[])[];
  readonly latentSizes: readonly number[];
  encode(inputs: readonly tf.Tensor[], context: ApplyContext): tf.Tensor[];
  decode(latents: readonly tf.Tensor[], context: ApplyContext): tf.Tensor[];
}

/** What {@link fusionContract} takes. */
export interface FusionContractOptions {
  /** Seed of the weights and inputs. @defaultValue 0 */
  readonly seed?: number;
}

/**
 * What every fusion promises: latents and reconstructions of the shapes it states, weights decided by the random source, rows
 * encoded each by itself in inference, a finite gradient for each trainable variable, typed errors on other inputs, and no
 * tensor left.
 *
 * @param make - makes it, drawing its weights from the source
 */
export function fusionContract(
  make: (random: RandomSource) => FusionLike,
  options: FusionContractOptions = {},
): readonly ContractCase[] {
  const { seed = 0 } = options;
  const inference: ApplyContext = { training: false };
  const batch = 4;

  function using(
    check: (fusion: FusionLike, inputs: readonly tf.Tensor[]) => void | Promise<void>,
  ): () => Promise<void> {
    return () =>
      keepsTensors(async () => {
        const fusion = make(randomSource(seed));
        const random = randomSource(seed).fork('inputs');
        const inputs = fusion.inputShapes.map((shape) => seededNormal([batch, ...shape], random));
        try {
          await check(fusion, inputs);
        } finally {
          tf.dispose([...inputs]);
          fusion.dispose();
          fusion.dispose();
        }
      });
  }
  const latentsOf = (fusion: FusionLike, inputs: readonly tf.Tensor[]) =>
    tf.tidy(() => fusion.encode(inputs, inference).map((latent) => Array.from(latent.dataSync())));

  const cases: readonly (readonly [string, () => Promise<void>])[] = [
    [
      'latents and reconstructions have the shapes it states',
      using((fusion, inputs) => {
        for (const training of [false, true]) {
          tf.tidy(() => {
            const latents = fusion.encode(inputs, { training });
            assert.deepEqual(
              latents.map(({ shape }) => shape),
              fusion.latentSizes.map((size) => [batch, size]),
            );
            const decoded = fusion.decode(latents, { training });
            assert.deepEqual(
              decoded.map(({ shape }) => shape),
              inputs.map(({ shape }) => shape),
            );
          });
        }
      }),
    ],
    [
      'the seed decides its weights',
      using((fusion, inputs) => {
        const twin = make(randomSource(seed));
        const other = make(randomSource(seed + 1));
        try {
          assert.deepEqual(latentsOf(twin, inputs), latentsOf(fusion, inputs));
          assert.notDeepEqual(latentsOf(other, inputs), latentsOf(fusion, inputs));
        } finally {
          twin.dispose();
          other.dispose();
        }
      }),
    ],
    [
      'rows are encoded each by itself: permuted rows give permuted latents',
      using((fusion, inputs) => {
        const order = tf.tensor1d(randomSource(seed).permutation(batch), 'int32');
        const moved = inputs.map((input) => tf.gather(input, order));
        const expected = tf.tidy(() =>
          fusion.encode(inputs, inference).map((z) => Array.from(tf.gather(z, order).dataSync())),
        );
        const { close, message } = allClose(latentsOf(fusion, moved), expected, { absolute: 1e-5 });
        tf.dispose([order, ...moved]);
        assert.ok(close, message);
      }),
    ],
    [
      'each trainable variable has a finite gradient',
      using((fusion, inputs) => {
        const context: ApplyContext = { training: true };
        const value = () =>
          tf.addN(
            fusion.decode(fusion.encode(inputs, context), context).map((x) => tf.sum(tf.square(x))),
          ) as tf.Scalar;
        assert.ok(fusion.trainable.length > 0);
        assert.deepEqual(fusion.variables.slice(0, fusion.trainable.length), fusion.trainable);
        tf.tidy(() => {
          const { grads } = tf.variableGrads(value, [...fusion.trainable]);
          for (const variable of fusion.trainable) {
            const gradient = grads[variable.name];
            assert.ok(gradient, `gradient of ${variable.name}`);
            assert.ok(gradient.dataSync().every(Number.isFinite), `finite gradient of ${variable.name}`);
          }
        });
      }),
    ],
    [
      'encoding and decoding leave nothing but their outputs',
      using((fusion, inputs) => {
        const alive = tf.memory().numTensors;
        const latents = fusion.encode(inputs, inference);
        const decoded = fusion.decode(latents, inference);
        assert.equal(tf.memory().numTensors, alive + latents.length + decoded.length);
        tf.dispose([...latents, ...decoded]);
      }),
    ],
    [
      'another number of inputs or latents, or another shape, is refused',
      using(async (fusion, inputs) => {
        await throwsTyped(() => fusion.encode(inputs.slice(1), inference), ['shape']);
        await throwsTyped(() => fusion.decode([], inference), ['shape']);
        const wrong = inputs.map(({ shape }) => tf.zeros(shape.map((size) => size + 1)));
        await throwsTyped(() => fusion.encode(wrong, inference), ['shape']);
        tf.dispose(wrong);
      }),
    ],
  ];
  return cases.map(([name, run]) => ({ name: `${name} (seed ${seed})`, run }));
}
