import { tf } from '@crossmodal/tensors';
import { fc, test } from '@fast-check/vitest';
import { beforeAll, expect } from 'vitest';
import { fullBatch } from '../batches/full-batch.js';
import { sgd } from '../optimisers/sgd.js';
import { player } from './player.js';
import { mainAdjustments, stageAdjustments } from './stage-adjustments.js';
import { createTrainer, type PlayerTermAdjustment } from './trainer.js';
import { trainInRounds } from './train-in-rounds.js';

beforeAll(async () => {
  await tf.setBackend('cpu');
});

interface Pair {
  readonly a: tf.Variable;
  readonly b: tf.Variable;
}

function followers(adjustments: readonly PlayerTermAdjustment<never>[] = []) {
  const [a, b] = [tf.variable(tf.scalar(0)), tf.variable(tf.scalar(0))];
  const model = { trainable: [a, b], variables: [a, b] };
  const error = (of: keyof Pair) => ({
    name: of,
    weight: 1,
    value: ({ target, ...pair }: Pair & { readonly target: tf.Tensor }) =>
      tf.sum(tf.square(tf.sub(pair[of], target))) as tf.Scalar,
  });
  const trainer = createTrainer({
    modules: [model],
    adjustments,
    players: [
      player({
        name: 'followers',
        groups: [{ modules: [model], optimiser: sgd(), rate: 0.5 }],
        forward: ({ target }: { readonly target: tf.Tensor }) => ({ a, b, target }),
        terms: [error('a'), error('b')],
      }),
    ],
  });
  return {
    trainer,
    a,
    b,
    dispose() {
      trainer.dispose();
      tf.dispose([a, b]);
    },
  };
}

test.prop([fc.nat(9), fc.integer({ min: 1, max: 4 })], { numRuns: 15 })(
  'every round has its batches, and steps are counted through all of them (steps, every)',
  async (steps, every) => {
    const { trainer, a, dispose } = followers();
    const events: unknown[] = [];
    const firsts: number[] = [];
    await trainInRounds(trainer, {
      steps,
      every,
      phase: 'follow',
      batches(first) {
        firsts.push(first);
        return fullBatch({ target: tf.scalar(first + 1) });
      },
      onProgress: ({ phase, step, steps: total }) => events.push([phase, step, total]),
    });
    expect(firsts).toEqual(Array.from({ length: Math.ceil(steps / every) }, (_, r) => r * every));
    expect(events).toEqual(Array.from({ length: steps }, (_, t) => ['follow', t + 1, steps]));
    // One step of this rate goes all the way.
    expect(a.dataSync()[0]).toBe(steps === 0 ? 0 : firsts.at(-1)! + 1);
    dispose();
  },
);

test('a round without a step is refused', async () => {
  const { trainer, dispose } = followers();
  const run = trainInRounds(trainer, {
    steps: 2,
    every: 0,
    batches: () => fullBatch({ target: tf.scalar(1) }),
  });
  await expect(run).rejects.toThrow(expect.objectContaining({ code: 'option' }));
  dispose();
});

test('a variable whose only term is left out stays as it is', async () => {
  const { trainer, a, b, dispose } = followers([{ name: 'b', weight: 0 }]);
  const target = tf.scalar(3);
  const { history } = await trainer.run({ batches: fullBatch({ target }), steps: 1 });
  expect(Object.keys(history[0]!.losses).sort()).toEqual(['a', 'total']);
  expect([a.dataSync()[0], b.dataSync()[0]]).toEqual([3, 0]);
  target.dispose();
  dispose();
});

test('a change is for the stage that it names, or for all that have its term, or for the main one', () => {
  const changes = [
    { name: 'size', weight: 2 },
    { name: 'mine', weight: 1 },
    { name: 'yours', weight: 1, player: 'early' },
    { name: 'size', weight: 3, player: 'main' },
  ];
  const [shared, added, early, main] = changes;
  expect(stageAdjustments(changes, 'early', [{ name: 'size' }])).toEqual([shared, early]);
  expect(mainAdjustments('example', changes, 'main', ['early'])).toEqual([shared, added, main]);
  expect(() => mainAdjustments('example', changes, 'main')).toThrow(
    expect.objectContaining({ code: 'option', message: expect.stringContaining("'early'") as string }),
  );
});
