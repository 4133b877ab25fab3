import { isCrossmodalError, randomSource, type ProgressEvent } from '@crossmodal/core';
import {
  compile,
  seededNormal,
  tf,
  type CompiledStep,
  type Module,
  type TensorRecord,
} from '@crossmodal/tensors';
import { fc, test } from '@fast-check/vitest';
import { afterEach, beforeAll, beforeEach, describe, expect } from 'vitest';
import { alternate } from './alternate.js';
import { fullBatch } from './batches/full-batch.js';
import { clipByGlobalNorm } from './clip-by-global-norm.js';
import { plateau } from './convergence/plateau.js';
import { fitLoop } from './fit-loop.js';
import { adam } from './optimisers/adam.js';
import { sgd } from './optimisers/sgd.js';
import { cosine } from './schedules/cosine.js';
import { trainFullBatch } from './train-full-batch.js';
import { trainMinibatches } from './train-minibatches.js';
import { trainingStep, type TrainingStepOptions } from './training-step.js';

beforeAll(async () => {
  await tf.setBackend('cpu');
});

let tensors = 0;
beforeEach(() => {
  tensors = tf.memory().numTensors;
});
afterEach(() => {
  expect(tf.memory().numTensors).toBe(tensors);
});

/** A module of one variable. */
function weights(start: number[]): Module & { readonly w: tf.Variable } {
  const w = tf.tidy(() => tf.variable(tf.tensor1d(start)));
  return { w, trainable: [w], variables: [w], dispose: () => w.dispose() };
}

/** Least squares `||X w - y||^2` and a term that only the history sees. */
const leastSquares = (w: tf.Variable) => (inputs: TensorRecord) => {
  const residual = tf.sub(tf.dot(inputs['x']!, w), inputs['y']!);
  const fit = tf.sum(tf.square(residual)) as tf.Scalar;
  const size = tf.sum(tf.square(w)) as tf.Scalar;
  return { total: tf.mul(fit, 0.5) as tf.Scalar, values: { fit, size } };
};

const x = { shape: [6, 2], values: Float32Array.from([1, 0, 0, 1, 1, 1, 1, -1, 2, 1, 0, 2]) };
const y = { shape: [6], values: Float32Array.from([1, 2, 3, -1, 4, 4]) }; // w = [1, 2] fits exactly

async function withTensors<T>(run: (inputs: TensorRecord) => Promise<T>): Promise<T> {
  const inputs = { x: tf.tensor(x.values, x.shape), y: tf.tensor(y.values, y.shape) };
  try {
    return await run(inputs);
  } finally {
    tf.dispose(inputs);
  }
}

describe('trainingStep', () => {
  test('is one gradient step, with terms unweighted', async () => {
    const model = weights([0, 0]);
    const training = trainingStep({
      groups: [{ modules: [model], optimiser: sgd() }],
      objective: leastSquares(model.w),
    });
    await withTensors(async (inputs) => {
      const learningRate = tf.scalar(0.1);
      const step = compile(training.step);
      const outputs = await step.run({ ...inputs, learningRate });
      const fit = y.values.reduce((sum, value) => sum + value * value, 0);
      expect(outputs['fit']![0]).toBe(fit);
      expect(outputs['size']![0]).toBe(0);
      expect(outputs['total']![0]).toBe(fit / 2);
      // gradient = -X^T y = -[11, 18] at w = 0
      expect(model.w.dataSync()[0]).toBeCloseTo(1.1, 5);
      expect(model.w.dataSync()[1]).toBeCloseTo(1.8, 5);
      step.dispose();
      learningRate.dispose();
    });
    training.dispose();
    model.dispose();
  });

  test('groups have rates of their own, and modules left out stay', async () => {
    const [a, b, c] = [weights([1]), weights([1]), weights([1])];
    const training = trainingStep({
      groups: [
        { modules: [a], optimiser: sgd() },
        { modules: [b], optimiser: sgd(), rate: 'slow' },
      ],
      objective: () => ({ total: tf.sum(tf.add(tf.add(a.w, b.w), c.w)) as tf.Scalar, values: {} }),
    });
    const result = await trainFullBatch({
      training,
      inputs: {},
      steps: 2,
      schedule: 0.25,
      rates: { slow: (t) => (t === 0 ? 0.5 : 0) },
    });
    expect(result.history.map(({ losses }) => losses['total'])).toEqual([3, 2.25]);
    expect([a, b, c].map(({ w }) => w.dataSync()[0])).toEqual([0.5, 0.5, 1]);
    for (const module of [training, a, b, c]) module.dispose();
  });

  test('clips by the global norm, and runs what follows the update', async () => {
    const model = weights([3, 4]);
    const training = trainingStep({
      groups: [{ modules: [model], optimiser: sgd() }],
      objective: () => ({ total: tf.mul(tf.sum(tf.square(model.w)), 0.5) as tf.Scalar, values: {} }),
      clipNorm: 1,
      afterUpdate: () => {
        model.w.assign(tf.clipByValue(model.w, 0, 3));
      },
    });
    await trainFullBatch({ training, inputs: {}, steps: 1, schedule: 1 });
    expect(model.w.dataSync()[0]).toBeCloseTo(2.4, 6);
    expect(model.w.dataSync()[1]).toBeCloseTo(3, 6);
    training.dispose();
    model.dispose();
  });

  test('refuses a variable that the objective does not reach, and a missing rate', async () => {
    const [a, b] = [weights([1]), weights([1])];
    const objective = () => ({ total: tf.sum(a.w) as tf.Scalar, values: { part: tf.scalar(1) } });
    const training = trainingStep({ groups: [{ modules: [a, b], optimiser: adam() }], objective });
    await expect(trainFullBatch({ training, inputs: {}, steps: 1, schedule: 1 })).rejects.toThrowError(
      /depends on every trained variable/,
    );
    expect(() => training.step({})).toThrowError(/a scalar input 'learningRate'/);
    for (const module of [training, a, b]) module.dispose();
  });

  test('refuses groups that make no sense', () => {
    const model = weights([1]);
    const objective: TrainingStepOptions['objective'] = () => ({ total: tf.scalar(0), values: {} });
    const group = { modules: [model], optimiser: sgd() };
    expect(() => trainingStep({ groups: [], objective })).toThrowError(/one trainable variable/);
    expect(() => trainingStep({ groups: [group, group], objective })).toThrowError(
      /every variable in one group/,
    );
    expect(() => trainingStep({ groups: [group], objective, clipNorm: 0 })).toThrowError(/a number above 0/);
    model.dispose();
  });
});

describe('clipByGlobalNorm', () => {
  test.prop([fc.integer({ min: 0, max: 999 }), fc.double({ min: 0.01, max: 20, noNaN: true })], {
    numRuns: 30,
  })('bounds the norm and keeps the direction; shorter ones stay', (seed, norm) => {
    tf.tidy(() => {
      const random = randomSource(seed);
      const before = [seededNormal([3], random), seededNormal([2, 2], random)];
      const after = clipByGlobalNorm(before, norm);
      const flat = (list: tf.Tensor[]) => list.flatMap((tensor) => [...tensor.dataSync()]);
      const length = Math.hypot(...flat(before));
      const scale = Math.min(1, norm / length);
      flat(after).forEach((value, i) => expect(value).toBeCloseTo(flat(before)[i]! * scale, 4));
    });
  });

  test('zeros stay zeros', () => {
    tf.tidy(() => {
      expect([...clipByGlobalNorm([tf.zeros([2])], 1)[0]!.dataSync()]).toEqual([0, 0]);
    });
  });
});

describe('trainFullBatch', () => {
  test('solves least squares; the history has every step by name', async () => {
    const model = weights([0, 0]);
    const training = trainingStep({
      groups: [{ modules: [model], optimiser: adam() }],
      objective: leastSquares(model.w),
    });
    const events: ProgressEvent[] = [];
    const result = await withTensors((inputs) =>
      trainFullBatch({
        training,
        inputs,
        steps: 200,
        schedule: cosine({ rate: 0.2, steps: 200 }),
        phase: 'pretrain',
        onProgress: (event) => events.push(event),
      }),
    );
    expect(model.w.dataSync()[0]).toBeCloseTo(1, 3);
    expect(model.w.dataSync()[1]).toBeCloseTo(2, 3);
    expect(result).toMatchObject({ steps: 200, converged: false });
    expect(result.history.map(({ step }) => step)).toEqual(Array.from({ length: 200 }, (_, t) => t));
    expect(Object.keys(result.history[0]!.losses).sort()).toEqual(['fit', 'size', 'total']);
    expect(events.at(-1)).toMatchObject({ phase: 'pretrain', step: 200, steps: 200 });
    expect(events).toHaveLength(200);
    training.dispose();
    model.dispose();
  });

  test('twice the steps: the same decision to stop, and the same result', async () => {
    const run = async (steps: number) => {
      const model = weights([0, 0]);
      const training = trainingStep({
        groups: [{ modules: [model], optimiser: sgd() }],
        objective: leastSquares(model.w),
      });
      const convergence = plateau({ window: 2, patience: 2, tolerance: 0.5 });
      const result = await withTensors((inputs) =>
        trainFullBatch({ training, inputs, steps, schedule: 0.01, convergence }),
      );
      const end = [...model.w.dataSync()];
      training.dispose();
      model.dispose();
      return { ...result, end };
    };
    const [once, twice] = [await run(100), await run(200)];
    expect(once.converged).toBe(true);
    expect(once.steps).toBeLessThan(100);
    expect(twice).toEqual(once);
  });

  test('no steps: nothing happens', async () => {
    const model = weights([5]);
    const training = trainingStep({
      groups: [{ modules: [model], optimiser: sgd() }],
      objective: () => ({ total: tf.sum(model.w) as tf.Scalar, values: {} }),
    });
    expect(await trainFullBatch({ training, inputs: {}, steps: 0, schedule: 1 })).toEqual({
      history: [],
      steps: 0,
      converged: false,
    });
    await expect(trainFullBatch({ training, inputs: {}, steps: -1, schedule: 1 })).rejects.toThrowError(
      /at least 0/,
    );
    training.dispose();
    model.dispose();
  });
});

describe('trainMinibatches', () => {
  const run = async (seed: number, epochs = 3) => {
    const model = weights([0, 0]);
    const training = trainingStep({
      groups: [{ modules: [model], optimiser: sgd() }],
      objective: leastSquares(model.w),
    });
    const result = await trainMinibatches({
      training,
      data: { x, y },
      batchSize: 4,
      epochs,
      schedule: 0.1,
      random: randomSource(seed),
    });
    const end = [...model.w.dataSync()];
    training.dispose();
    model.dispose();
    return { ...result, end };
  };

  test('is decided by the seed', async () => {
    expect(await run(1)).toEqual(await run(1));
    expect((await run(1)).end).not.toEqual((await run(2)).end);
  });

  test('counts steps over epochs, and converges', async () => {
    const { steps, end } = await run(1, 60);
    expect(steps).toBe(120);
    expect(end[0]).toBeCloseTo(1, 3);
    expect(end[1]).toBeCloseTo(2, 3);
  });
});

describe('divergence', () => {
  test.each([1, 3])(
    'names the term and the step, and puts the last good state back (copies every %s steps)',
    async (every) => {
      const model = weights([1]);
      const training = trainingStep({
        groups: [{ modules: [model], optimiser: sgd() }],
        // log(w) is NaN once w falls below 0: w is 1, 0.7, 0.4, 0.1, -0.2, so step 4 is the first bad one.
        objective: () => {
          const log = tf.sum(tf.log(model.w)) as tf.Scalar;
          return { total: tf.add(tf.sum(model.w), tf.mul(log, 0)) as tf.Scalar, values: { log } };
        },
      });
      const failure = trainFullBatch({
        training,
        inputs: {},
        steps: 9,
        schedule: 0.3,
        checkpoint: { modules: [model, training], every },
      });
      await expect(failure).rejects.toThrowError(
        /train, step 4: expected a finite value of loss term 'log', got NaN/,
      );
      await failure.catch((error: unknown) => {
        expect(isCrossmodalError(error, 'diverged')).toBe(true);
        expect((error as Error).message).toContain('The state before step 3 was put back.');
      });
      expect(model.w.dataSync()[0]).toBeCloseTo(0.1, 5);
      training.dispose();
      model.dispose();
    },
  );

  test('without checkpoints the error says so by silence', async () => {
    const step: CompiledStep = {
      run: () => Promise.resolve({ total: new Float32Array([Infinity]) }),
      dispose() {},
    };
    const failure = fitLoop({ step, batches: fullBatch({}), steps: 1, schedule: 1 });
    await expect(failure).rejects.toThrowError(
      /'total', got Infinity\. Lower the learning rate, or scale the data\.$/,
    );
  });
});

describe('abort', () => {
  const idle: CompiledStep = { run: () => Promise.resolve({ total: new Float32Array([1]) }), dispose() {} };

  test('a signal from a timer is seen between steps', async () => {
    const controller = new AbortController();
    let done = 0;
    setTimeout(() => controller.abort(), 0);
    const run = fitLoop({
      step: idle,
      batches: fullBatch({}),
      steps: 1e7,
      schedule: 1,
      signal: controller.signal,
      onProgress: () => done++,
    });
    await expect(run).rejects.toSatisfy((error) => isCrossmodalError(error, 'aborted'));
    expect(done).toBeLessThan(1e7);
  });

  test('a signal that fired before the first step, or at the last one, ends the run too', async () => {
    const batches = fullBatch({});
    const signal = AbortSignal.abort();
    await expect(fitLoop({ step: idle, batches, steps: 5, schedule: 1, signal })).rejects.toThrowError(
      /abort signal/,
    );
    const controller = new AbortController();
    const last = fitLoop({
      step: idle,
      batches,
      steps: 1,
      schedule: 1,
      signal: controller.signal,
      onProgress: () => controller.abort(),
    });
    await expect(last).rejects.toThrowError(/abort signal/);
  });

  test('a step that fails frees its batch', async () => {
    const step: CompiledStep = { run: () => Promise.reject(new Error('broken')), dispose() {} };
    let freed = 0;
    const batches = { batch: () => ({ inputs: {}, dispose: () => void freed++ }) };
    await expect(fitLoop({ step, batches, steps: 5, schedule: 1 })).rejects.toThrowError('broken');
    expect(freed).toBe(1);
  });
});

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

  test('refuses no player, and times that are no positive integer', () => {
    expect(() => alternate([])).toThrowError(/one player at least/);
    expect(() => alternate([{ step: player('a'), times: 0 }])).toThrowError(/'times' of 1 or more/);
  });
});
