import { randomSource } from '@crossmodal/core';
import { seededNormal, tf } from '@crossmodal/tensors';
import { fc, test } from '@fast-check/vitest';
import { beforeAll, describe, expect } from 'vitest';
import { captureState, type ModuleState } from '@crossmodal/tensors';
import { restoreState } from '@crossmodal/tensors';

beforeAll(async () => {
  await tf.setBackend('cpu');
});

const anyShapes = fc.array(fc.array(fc.integer({ min: 1, max: 3 }), { maxLength: 3 }), { maxLength: 4 });

function moduleOf(shapes: readonly number[][], seed: number) {
  const random = randomSource(seed);
  const variables = shapes.map((shape) => tf.tidy(() => tf.variable(seededNormal(shape, random))));
  return { variables, dispose: () => tf.dispose(variables) };
}

describe('captureState and restoreState', () => {
  test.prop([anyShapes], { numRuns: 30 })('round trip, without a leak', async (shapes) => {
    const before = tf.memory().numTensors;
    const source = moduleOf(shapes, 1);
    const target = moduleOf(shapes, 2);
    const held = tf.memory().numTensors;
    const state = await captureState(source);
    restoreState(target, state);
    expect(await captureState(target)).toEqual(state);
    expect(tf.memory().numTensors).toBe(held);
    source.dispose();
    target.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });

  test('a captured state is a copy', async () => {
    const module = moduleOf([[2]], 1);
    const state = await captureState(module);
    const kept = [...state['variable0']!.values];
    restoreState(module, { variable0: { shape: [2], values: new Float32Array([7, 8]) } });
    expect([...state['variable0']!.values]).toEqual(kept);
    restoreState(module, state);
    module.variables[0]!.assign(tf.tidy(() => tf.add(module.variables[0]!, 1)));
    expect([...state['variable0']!.values]).toEqual(kept);
    module.dispose();
  });

  const values = new Float32Array(2);
  test.each<[string, ModuleState]>([
    ['a missing variable', { variable0: { shape: [2], values } }],
    [
      'one too many',
      {
        variable0: { shape: [2], values },
        variable1: { shape: [2], values },
        variable2: { shape: [2], values },
      },
    ],
    ['another name', { variable0: { shape: [2], values }, weights: { shape: [2], values } }],
    ['another shape', { variable0: { shape: [2], values }, variable1: { shape: [1, 2], values } }],
    [
      'too few values',
      { variable0: { shape: [2], values }, variable1: { shape: [2], values: new Float32Array(1) } },
    ],
  ])('%s is refused, and nothing is changed', async (_what, state) => {
    const module = moduleOf([[2], [2]], 3);
    const before = await captureState(module);
    expect(() => restoreState(module, state)).toThrowError(/restoreState/);
    expect(await captureState(module)).toEqual(before);
    module.dispose();
  });
});
