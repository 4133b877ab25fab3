import { CrossmodalError, DivergedError, isDivergedError, type FittedClusterer } from '@crossmodal/core';
import { tf } from '@crossmodal/tensors';
import { checkpoints, sgd, trainFullBatch, trainingStep } from '@crossmodal/training';
import { describe, expect, test } from 'vitest';
import { onCpuWithoutLeaks } from '../../tests/no-leaks.js';
import { fitNetwork, type FitNetwork, type NetworkFit, type PastTraining } from './fit-network.js';

onCpuWithoutLeaks();

interface Weight extends FitNetwork {
  readonly w: tf.Variable;
}

function weight(value: number): Weight {
  const w = tf.tidy(() => tf.variable(tf.scalar(value)));
  return { w, variables: [w], dispose: () => w.dispose() };
}

function set({ w }: Weight, value: number): void {
  tf.tidy(() => w.assign(tf.scalar(value)));
}

interface Outcome extends FittedClusterer {
  readonly w: number;
  readonly helper: number;
  readonly training: PastTraining;
}

/** w falls by 0.3 a step; its logarithm, a term without weight, is NaN below 0: at step 4, from 1. */
const falling: NetworkFit<Weight, Weight, Outcome> = {
  start: performance.now(),
  build: () => weight(1),
  equip: () => weight(5),
  async train(network, helper, watch) {
    set(helper, 6);
    const training = trainingStep({
      groups: [{ modules: [{ trainable: [network.w] }], optimiser: sgd() }],
      objective: () => {
        const log = tf.log(network.w) as tf.Scalar;
        return { total: tf.add(network.w, tf.mul(log, 0)) as tf.Scalar, values: { log } };
      },
    });
    try {
      const checkpoint = checkpoints({ modules: [network, helper], every: 2 });
      const loop = { ...watch, training, inputs: {}, schedule: 0.3, checkpoint };
      return (await trainFullBatch({ ...loop, steps: 9 })).history;
    } finally {
      training.dispose();
    }
  },
  finish(network, helper, training) {
    const outcome = { w: network.w.dataSync()[0]!, helper: helper.w.dataSync()[0]!, training };
    return Promise.resolve({ ...outcome, dispose: () => network.dispose() } as unknown as Outcome);
  },
};

async function failureOf(run: Promise<unknown>): Promise<unknown> {
  return run.then(
    () => undefined,
    (error: unknown) => error,
  );
}

describe('fitNetwork', () => {
  test('a divergence finishes from the last good state, of network and helpers, with the steps up to it', async () => {
    const heard: number[] = [];
    const run = fitNetwork({ onProgress: ({ step }) => heard.push(step) }, falling);
    const error = await failureOf(run);
    if (!isDivergedError(error)) throw error;
    expect(error.message).toMatch(/train, step 4: .*'log', got NaN.*before train, step 2 .* recover\(\)/);
    expect(error.lastGood).toEqual({ phase: 'train', step: 2 });
    expect(isDivergedError(error.cause)).toBe(true);
    expect(heard).toEqual([1, 2, 3, 4]);
    const fitted = (await error.recover!()) as Outcome;
    expect(fitted.w).toBeCloseTo(0.4, 5);
    expect(fitted.helper).toBe(6);
    expect(fitted.training.history.map(({ step }) => step)).toEqual([0, 1]);
    expect(Object.keys(fitted.training.history[0]!.losses)).toEqual(['log', 'total']);
    expect(fitted.training.seconds).toBeGreaterThan(0);
    fitted.dispose();
  });

  test('a training that goes well is finished with its history', async () => {
    const train: typeof falling.train = (network, helper, watch) => {
      set(helper, 7);
      set(network, 2);
      watch.onProgress!({ phase: 'affinity', step: 0, steps: 1 });
      return Promise.resolve([{ phase: 'train', step: 0, losses: { total: 1 } }]);
    };
    const fitted = await fitNetwork({}, { ...falling, train });
    expect([fitted.w, fitted.helper, fitted.training.history.length]).toEqual([2, 7, 1]);
    fitted.dispose();
  });

  test('what cannot be finished is thrown as it is, and nothing is left of it', async () => {
    const details = { where: 'train, step 1', expected: 'a finite loss', received: 'NaN' };
    const failures = [
      new DivergedError(details),
      new CrossmodalError({ ...details, code: 'diverged' }),
      new Error('broken'),
    ];
    for (const failure of failures) {
      for (const stage of ['train', 'finish', 'equip'] as const) {
        const broken = {
          ...falling,
          train: () => Promise.resolve([]),
          [stage]: () => (stage === 'equip' ? raise(failure) : Promise.reject(failure)),
        };
        expect(await failureOf(fitNetwork({}, broken))).toBe(failure);
      }
    }
  });

  test('a recovery that fails leaves nothing either', async () => {
    const broken = { ...falling, finish: () => Promise.reject(new Error('broken')) };
    const error = await failureOf(fitNetwork({}, broken));
    expect(isDivergedError(error)).toBe(true);
    await expect((error as DivergedError).recover!()).rejects.toThrow('broken');
  });
});

function raise(error: Error): never {
  throw error;
}
