import * as tf from '@tensorflow/tfjs';
import { beforeAll, beforeEach, afterEach, describe, expect, test } from 'vitest';
import { isCrossmodalError } from '@crossmodal/core';
import type { Step } from '../src/index.js';
import { compileHere, useOnnx } from './support/backends.js';
import { numbers } from './support/program.js';

beforeAll(useOnnx);

let tensors = 0;
beforeEach(() => {
  tensors = tf.memory().numTensors;
  tf.engine().startScope('test');
});
afterEach(() => {
  tf.engine().endScope();
  tf.disposeVariables();
  expect(tf.memory().numTensors).toBe(tensors);
});

describe('variables', () => {
  const counting = () => {
    const count = tf.variable(tf.tensor1d([0, 10]));
    const compiled = compileHere(({ by }) => {
      count.assign(tf.add<tf.Tensor1D>(count, by!));
      return { double: count.mul(2) };
    });
    return { count, compiled, by: tf.scalar(1) };
  };

  test('hold the current value between runs', async () => {
    const { count, compiled, by } = counting();
    for (let run = 1; run <= 5; run++) {
      const { double } = await compiled.run({ by });
      expect(Array.from(double!)).toEqual([2 * run, 20 + 2 * run]);
      expect(Array.from(count.dataSync())).toEqual([run, 10 + run]);
    }
    compiled.dispose();
  });

  test('take a value assigned between runs', async () => {
    const { count, compiled, by } = counting();
    await compiled.run({ by });
    await compiled.run({ by });
    count.assign(tf.tensor1d([100, 200]));
    await compiled.run({ by });
    expect(Array.from(count.dataSync())).toEqual([101, 201]);
    compiled.dispose();
  });

  test('leave what was read or derived from them before as it was', async () => {
    const { count, compiled, by } = counting();
    await compiled.run({ by });
    await compiled.run({ by });
    const held = [count.dataSync(), await count.data()];
    const views = [count.clone(), count.reshape([2, 1]), count.slice([0], [2]), count.mul(1)];
    const assigned = tf.variable(tf.zeros([2]));
    assigned.assign(count);
    for (let run = 0; run < 4; run++) await compiled.run({ by });
    for (const values of held) expect(Array.from(values)).toEqual([2, 12]);
    for (const view of [...views, assigned]) expect(Array.from(view.dataSync())).toEqual([2, 12]);
    expect(Array.from(count.dataSync())).toEqual([6, 16]);
    compiled.dispose();
  });

  test('keep the value they had before their trace', async () => {
    const { count, compiled, by } = counting();
    const failing = compileHere(({ by }) => {
      count.assign(tf.add<tf.Tensor1D>(count, by!));
      count.dataSync();
      return {};
    });
    await expect(failing.run({ by })).rejects.toSatisfy((error) => isCrossmodalError(error, 'unsupported'));
    expect(Array.from(count.dataSync())).toEqual([0, 10]);
    await compiled.run({ by });
    expect(Array.from(count.dataSync())).toEqual([1, 11]);
    compiled.dispose();
  });

  test('made at the first call start from their initial value, constant or computed', async () => {
    const slots: tf.Variable[] = [];
    const compiled = compileHere(({ x }) => {
      if (slots.length === 0) slots.push(tf.variable(tf.zeros([2])), tf.variable(tf.mul(x!, 10)));
      for (const slot of slots) slot.assign(slot.add(x!));
      return { first: slots[0]!, second: slots[1]!.add(0) };
    });
    const x = tf.tensor1d([1, 2]);
    for (let run = 1; run <= 4; run++) {
      const { first, second } = await compiled.run({ x });
      expect(Array.from(first!)).toEqual([run, 2 * run]);
      expect(Array.from(second!)).toEqual([10 + run, 20 + 2 * run]);
      expect(Array.from(slots[1]!.dataSync())).toEqual([10 + run, 20 + 2 * run]);
    }
    compiled.dispose();
  });

  test('exchanged in a step exchange their old values', async () => {
    const [a, b] = [tf.variable(tf.scalar(1)), tf.variable(tf.scalar(2))];
    const compiled = compileHere(() => {
      const old = tf.add<tf.Scalar>(a, 0);
      a.assign(b);
      b.assign(old);
      return { a, b };
    });
    for (const [wantedA, wantedB] of [
      [2, 1],
      [1, 2],
      [2, 1],
    ]) {
      const results = await compiled.run({});
      expect([results.a![0], results.b![0]]).toEqual([wantedA, wantedB]);
      expect([a.dataSync()[0], b.dataSync()[0]]).toEqual([wantedA, wantedB]);
    }
    compiled.dispose();
  });

  test('shared by two compiled steps are one state', async () => {
    const { count, compiled, by } = counting();
    const reading = compileHere(() => ({ sum: count.sum() }));
    const scaling = compileHere(() => {
      count.assign(count.mul(2));
      return {};
    });
    await compiled.run({ by });
    await scaling.run({});
    await compiled.run({ by });
    await scaling.run({});
    expect((await reading.run({})).sum![0]).toBe(2 * (2 * 1 + 1) + 2 * (2 * 11 + 1));
    for (const step of [compiled, reading, scaling]) step.dispose();
  });

  test('that are gone stop the step with a typed error', async () => {
    const { count, compiled, by } = counting();
    await compiled.run({ by });
    count.dispose();
    await expect(compiled.run({ by })).rejects.toSatisfy((error) => isCrossmodalError(error, 'state'));
    compiled.dispose();
  });
});

describe('outputs', () => {
  test('may be inputs, constants, variables, and the same twice', async () => {
    const constant = tf.tensor1d([5, 6]);
    const variable = tf.variable(tf.scalar(3));
    const compiled = compileHere(({ x }) => {
      const y = x!.add(1);
      return { x: x!, constant, variable, y, again: y, whole: tf.scalar(7, 'int32'), test: x!.greater(1) };
    });
    const results = await compiled.run({ x: tf.tensor1d([1, 2]) });
    expect(
      Object.fromEntries(Object.entries(results).map(([name, values]) => [name, Array.from(values)])),
    ).toEqual({
      x: [1, 2],
      constant: [5, 6],
      variable: [3],
      y: [2, 3],
      again: [2, 3],
      whole: [7],
      test: [0, 1],
    });
    expect(results.whole).toBeInstanceOf(Int32Array);
    compiled.dispose();
  });

  test('of large constants and empty tensors come through', async () => {
    const large = tf.range(0, 10_000);
    const compiled = compileHere(({ x }) => ({
      sum: large.add(x!).sum(),
      empty: tf.concat([x!.slice([0], [0]), large.slice(0, 0)]),
    }));
    const results = await compiled.run({ x: tf.tensor1d([1]) });
    expect(results.sum![0]).toBe(49_995_000 + 10_000);
    expect(results.empty!.length).toBe(0);
    compiled.dispose();
  });
});

test('another input shape is traced anew, and both stay', async () => {
  let traces = 0;
  const compiled = compileHere(({ x }) => {
    traces++;
    return { size: tf.scalar(x!.size), sum: x!.sum() };
  });
  const [a, b] = [tf.ones([2, 3]), tf.ones([7])];
  for (const x of [a, b, a, b]) expect((await compiled.run({ x })).size![0]).toBe(x.size);
  // Each shape is traced twice, to find constants that change.
  expect(traces).toBe(4);
  compiled.dispose();
});

test('runs repeat bit by bit', async () => {
  const compiled = compileHere(({ x }) => ({
    y: tf
      .matMul(x as tf.Tensor2D, x as tf.Tensor2D, false, true)
      .tanh()
      .sum(),
  }));
  const x = tf.tensor(numbers(3, 4096), [64, 64]);
  const first = await compiled.run({ x });
  for (let run = 0; run < 5; run++) expect((await compiled.run({ x })).y![0]).toBe(first.y![0]);
  compiled.dispose();
});

test('other work of the process gets its turn between runs', async () => {
  const compiled = compileHere(({ x }) => ({ y: x!.add(1) }));
  const x = tf.scalar(1);
  const controller = new AbortController();
  let runs = 0;
  setTimeout(() => controller.abort(), 0);
  while (!controller.signal.aborted) {
    await compiled.run({ x });
    runs++;
  }
  expect(runs).toBeGreaterThan(0);
  compiled.dispose();
});

describe('refusals', () => {
  // Another draw at every call, as from a random source that lives outside the step.
  let seed = 1;

  const refused = async (step: Step, pattern: RegExp) => {
    const compiled = compileHere(step);
    const before = tf.memory().numTensors;
    const x = tf.tensor2d([1, 2, 3, 4], [2, 2]);
    const error: unknown = await compiled.run({ x }).catch((reason: unknown) => reason);
    expect(isCrossmodalError(error, 'unsupported')).toBe(true);
    expect((error as Error).message).toMatch(pattern);
    x.dispose();
    expect(tf.memory().numTensors).toBe(before);
    compiled.dispose();
  };

  test('a kernel without a translation is named', () =>
    refused(
      ({ x }) => ({ y: tf.image.resizeBilinear(x!.reshape([1, 2, 2, 1]) as tf.Tensor4D, [4, 4]) }),
      /ResizeBilinear/,
    ));

  test('also inside a gradient, where nothing leaks', () =>
    refused(
      ({ x }) => ({ y: tf.grad((v: tf.Tensor) => tf.tanh(v).mul(tf.cumprod(v)).sum())(x!) }),
      /Cumprod/,
    ));

  test('random numbers are never frozen', () =>
    refused(({ x }) => ({ y: x!.add(tf.randomNormal([2, 2], 0, 1, 'float32', seed++)) }), /input/));

  test('nor is a dropout mask', () =>
    refused(({ x }) => ({ y: tf.dropout(x!, 0.5, undefined, seed++) }), /input/));

  test('reading values inside the step', () =>
    refused(({ x }) => ({ y: x!.mul(x!.sum().dataSync()[0]!) }), /reads the values/));

  test('an asynchronous step', () =>
    refused((async ({ x }: Parameters<Step>[0]) => ({ x })) as unknown as Step, /asynchronous/));

  test('an index out of range, when it is run', async () => {
    const compiled = compileHere(({ x, rows }) => ({ y: tf.gather(x!, rows as tf.Tensor1D) }));
    const x = tf.ones([3, 2]);
    expect((await compiled.run({ x, rows: tf.tensor1d([2, 0], 'int32') })).y!.length).toBe(4);
    const outside = compiled.run({ x, rows: tf.tensor1d([2, 9], 'int32') });
    await expect(outside).rejects.toSatisfy((error) => isCrossmodalError(error, 'backend'));
    compiled.dispose();
  });

  test('a step that does something else at each call', async () => {
    let call = 0;
    const compiled = compileHere(({ x }) => {
      call++;
      let y = x!;
      for (let index = 0; index < call; index++) y! = y!.add(x!);
      return { y };
    });
    const x = tf.scalar(1);
    const runs = Array.from({ length: 5 }, () => () => compiled.run({ x }));
    let error: unknown;
    for (const run of runs) await run().catch((reason: unknown) => (error = reason));
    expect(isCrossmodalError(error, 'unsupported')).toBe(true);
    compiled.dispose();
  });

  test('a disposed step', async () => {
    const compiled = compileHere(({ x }) => ({ x: x! }));
    compiled.dispose();
    compiled.dispose();
    await expect(compiled.run({ x: tf.scalar(1) })).rejects.toSatisfy((error) =>
      isCrossmodalError(error, 'state'),
    );
  });
});
