import { isDivergedError, randomSource } from '@crossmodal/core';
import { tf } from '@crossmodal/tensors';
import { onCpuWithoutLeaks } from '@crossmodal/testing';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { fullBatch } from '../batches/full-batch.js';
import { minibatches } from '../batches/minibatches.js';
import { sgd } from '../optimisers/sgd.js';
import { player } from './player.js';
import { createTrainer } from './trainer.js';

onCpuWithoutLeaks({ beforeAll, beforeEach, afterEach });

/** A module of one number. */
function number(start: number) {
  const w = tf.tidy(() => tf.variable(tf.scalar(start)));
  return { w, trainable: [w], variables: [w], dispose: () => w.dispose(), value: () => w.dataSync()[0]! };
}

interface Batch {
  readonly x: tf.Tensor;
}

const x = { shape: [4, 1], values: Float32Array.of(1, 1, 1, 1) };
const batches = () => minibatches({ data: { x }, batchSize: 2, random: randomSource(1) });

/** Pulls a number towards the data, `(w - x)^2 / 2`: a rate of 1 gets there in one step. */
function puller(model: ReturnType<typeof number>, name: string, rate: number | ((t: number) => number) = 1) {
  return player({
    name,
    groups: [{ modules: [model], optimiser: sgd(), rate }],
    forward: (batch: Batch) => ({ away: tf.sub(tf.mean(batch.x), model.w) }),
    terms: [{ name: `${name} pull`, weight: 0.5, value: ({ away }) => tf.square(away) as tf.Scalar }],
  });
}

describe('createTrainer', () => {
  test('players take turns, and each moves its own modules', async () => {
    const [a, b] = [number(5), number(9)];
    const players = [puller(a, 'a'), { ...puller(b, 'b'), times: 2 }];
    const trainer = createTrainer<Batch>({ modules: [a, b], players });
    const { history } = await trainer.run({ batches: batches(), steps: 6, phase: 'game' });
    expect(history.map(({ phase, losses }) => [phase, Object.keys(losses).sort()[0]])).toEqual(
      ['a', 'b', 'b', 'a', 'b', 'b'].map((name) => ['game', `${name} pull`]),
    );
    expect([a.value(), b.value()]).toEqual([1, 1]);
    for (const module of [trainer, a, b]) module.dispose();
  });

  test('one player alone moves when asked, in as many steps as there are', async () => {
    const [a, b] = [number(5), number(9)];
    const trainer = createTrainer<Batch>({ modules: [a, b], players: [puller(a, 'a'), puller(b, 'b')] });
    const { history } = await trainer.run({ batches: batches(), steps: 3, only: 'b' });
    expect(history).toHaveLength(3);
    expect([a.value(), b.value()]).toEqual([5, 1]);
    await expect(trainer.run({ batches: batches(), steps: 1, only: 'c' })).rejects.toMatchObject({
      code: 'option',
    });
    for (const module of [trainer, a, b]) module.dispose();
  });

  test('rates and weights may change from step to step', async () => {
    const model = number(0);
    const trainer = createTrainer<Batch>({
      modules: [model],
      players: [
        player({
          name: 'p',
          groups: [{ modules: [model], optimiser: sgd(), rate: (t) => (t === 1 ? 0 : 1) }],
          forward: (batch: Batch) => tf.mean(batch.x),
          // The gradient of the total is -weight: steps move by rate times weight.
          terms: [
            { name: 'up', weight: (t) => t + 1, value: () => tf.neg(model.w) as tf.Scalar },
            { name: 'still', weight: 1, value: (mean) => mean as tf.Scalar },
          ],
        }),
      ],
    });
    const { history } = await trainer.run({ batches: batches(), steps: 3 });
    expect(model.value()).toBe(1 + 0 + 3);
    expect(history.map(({ losses }) => losses['total'])).toEqual([0 + 1, -2 + 1, -3 + 1]);
    for (const module of [trainer, model]) module.dispose();
  });

  test('terms are added to the first player, or to the one that is named', async () => {
    const [a, b] = [number(0), number(0)];
    const added = { name: 'extra', weight: 1, value: () => tf.scalar(7) as tf.Scalar };
    const histories = [];
    for (const adjustment of [added, { ...added, player: 'b' }]) {
      const trainer = createTrainer<Batch>({
        modules: [a, b],
        players: [puller(a, 'a', 0), puller(b, 'b', 0)],
        adjustments: [adjustment],
      });
      const { history } = await trainer.run({ batches: batches(), steps: 2 });
      histories.push(history.map(({ losses }) => losses['extra']));
      trainer.dispose();
    }
    expect(histories).toEqual([
      [7, undefined],
      [undefined, 7],
    ]);
    for (const module of [a, b]) module.dispose();
  });

  test('an adjustment of a player that there is not is refused', () => {
    const a = number(0);
    const adjustments = [{ name: 'a pull', weight: 2, player: 'z' }];
    expect(() => createTrainer<Batch>({ modules: [a], players: [puller(a, 'a')], adjustments })).toThrow(
      expect.objectContaining({ code: 'option' }),
    );
    expect(() => createTrainer<Batch>({ modules: [a], players: [] })).toThrow(
      expect.objectContaining({ code: 'option' }),
    );
    a.dispose();
  });

  test('a divergence puts the last good state of modules back', async () => {
    const model = number(1);
    const trainer = createTrainer<Batch>({
      modules: [model],
      players: [
        player({
          name: 'p',
          groups: [{ modules: [model], optimiser: sgd(), rate: 1e30 }],
          forward: (batch: Batch) => tf.mean(batch.x),
          terms: [
            {
              name: 'wild',
              weight: 1,
              value: () => tf.mul(tf.square(model.w), tf.square(model.w)) as tf.Scalar,
            },
          ],
        }),
      ],
    });
    const all = tf.tensor2d([[1]]);
    const error: unknown = await trainer
      .run({ batches: fullBatch({ x: all }), steps: 9 })
      .catch((reason: unknown) => reason);
    expect(isDivergedError(error)).toBe(true);
    expect(model.value()).toBe(1);
    all.dispose();
    for (const module of [trainer, model]) module.dispose();
  });
});
