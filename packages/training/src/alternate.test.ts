import { compile, tf, type CompiledStep } from '@crossmodal/tensors';
import { onCpuWithoutLeaks } from '@crossmodal/testing';
import { test } from '@fast-check/vitest';
import { afterEach, beforeAll, beforeEach, describe, expect } from 'vitest';
import { weights } from '../tests/least-squares.js';
import { alternate } from './alternate.js';
import { fullBatch } from './batches/full-batch.js';
import { fitLoop } from './fit-loop.js';
import { sgd } from './optimisers/sgd.js';
import { trainingStep } from './training-step.js';

onCpuWithoutLeaks({ beforeAll, beforeEach, afterEach });

describe('alternate', () => {
  const player = (name: string): CompiledStep & { disposed: number } => ({
    disposed: 0,
    run: () => Promise.resolve({ [name]: new Float32Array([1]) }),
    dispose() {
      this.disposed++;
    },
  });

  test('takes turns as stated', async () => {
    const [a, b] = [player('a'), player('b')];
    const step = alternate([{ step: a, times: 2 }, { step: b }]);
    const { history } = await fitLoop({ step, batches: fullBatch({}), steps: 7, schedule: 1 });
    expect(history.map(({ losses }) => Object.keys(losses).join())).toEqual([
      'a',
      'a',
      'b',
      'a',
      'a',
      'b',
      'a',
    ]);
    step.dispose();
    expect([a.disposed, b.disposed]).toEqual([1, 1]);
  });

  test('two players with optimisers of their own find the saddle of f(a, b) = a^2 - b^2 + ab', async () => {
    const [a, b] = [weights([1]), weights([-1])];
    const f = (sign: number) => () => {
      const value = tf.sum(tf.add(tf.sub(tf.square(a.w), tf.square(b.w)), tf.mul(a.w, b.w)));
      return { total: tf.mul(value, sign) as tf.Scalar, values: {} };
    };
    const low = trainingStep({ groups: [{ modules: [a], optimiser: sgd() }], objective: f(1) });
    const high = trainingStep({
      groups: [{ modules: [b], optimiser: sgd(), rate: 'highRate' }],
      objective: f(-1),
    });
    const step = alternate([{ step: compile(low.step) }, { step: compile(high.step) }]);
    await fitLoop({ step, batches: fullBatch({}), steps: 200, schedule: 0.1, rates: { highRate: 0.05 } });
    expect(a.w.dataSync()[0]).toBeCloseTo(0, 3);
    expect(b.w.dataSync()[0]).toBeCloseTo(0, 3);
    step.dispose();
    for (const module of [low, high, a, b]) module.dispose();
  });

  test.each([
    [1, 1],
    [2, 1],
    [1, 3],
  ])(
    'goes back to a state from which every player had finite losses (copies every %s, %s turns)',
    async (every, times) => {
      const [a, b] = [weights([1]), weights([1])];
      const quiet = trainingStep({
        groups: [{ modules: [a], optimiser: sgd() }],
        objective: () => ({ total: tf.sum(a.w) as tf.Scalar, values: {} }),
      });
      // b is 1, 0.6, 0.2, -0.2: its fourth turn is the first bad one, and a never sees it.
      const wild = trainingStep({
        groups: [{ modules: [b], optimiser: sgd() }],
        objective: () => {
          const log = tf.sum(tf.log(b.w)) as tf.Scalar;
          return { total: tf.add(tf.sum(b.w), tf.mul(log, 0)) as tf.Scalar, values: { log } };
        },
      });
      const step = alternate([{ step: compile(quiet.step), times }, { step: compile(wild.step) }]);
      const bad = 4 * (times + 1) - 1;
      const failure = fitLoop({
        step,
        batches: fullBatch({}),
        steps: 100,
        schedule: 0.4,
        checkpoint: { modules: [...quiet.restorable, ...wild.restorable], every },
      });
      await expect(failure).rejects.toThrowError(new RegExp(`step ${bad}: .*'log', got NaN`));
      expect(b.w.dataSync()[0]).toBeGreaterThan(0);
      step.dispose();
      for (const module of [quiet, wild, a, b]) module.dispose();
    },
  );

  test('refuses no player, and times that are no positive integer', () => {
    expect(() => alternate([])).toThrowError(/one player at least/);
    expect(() => alternate([{ step: player('a'), times: 0 }])).toThrowError(/'times' of 1 or more/);
  });
});
