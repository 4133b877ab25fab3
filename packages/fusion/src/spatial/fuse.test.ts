import { isCrossmodalError, randomSource } from '@crossmodal/core';
import { seededNormal, tf } from '@crossmodal/tensors';
import { fc, test } from '@fast-check/vitest';
import { beforeAll, describe, expect } from 'vitest';
import { fuse } from './fuse.js';
import { fusedShape, type FusionFunction } from './fusion-function.js';

beforeAll(async () => {
  await tf.setBackend('cpu');
});

const anySeed = fc.integer({ min: 0, max: 9999 });
const anyFunction = fc.constantFrom<FusionFunction>('sum', 'max', 'concat');
const anySize = fc.integer({ min: 1, max: 4 });
const anyShape = fc.oneof(fc.tuple(anySize), fc.tuple(anySize, anySize, anySize));
const anyCount = fc.integer({ min: 1, max: 4 });

const draw = (shape: readonly number[], count: number, seed: number) => {
  const random = randomSource(seed);
  return Array.from({ length: count }, () => seededNormal([3, ...shape], random));
};

describe('fuse', () => {
  test.prop([anyShape, anyCount, anyFunction, anySeed], { numRuns: 40 })(
    'gives the shape it states, and leaks nothing',
    (shape, count, name, seed) => {
      const before = tf.memory().numTensors;
      const tensors = draw(shape, count, seed);
      const fused = fuse(tensors, name);
      const shapes = tensors.map(() => shape);
      expect(fused.shape).toEqual([3, ...fusedShape(shapes, name)]);
      expect(tf.memory().numTensors).toBe(before + count + 1);
      // Its own tensor, even for one modality: freeing it frees nothing else.
      fused.dispose();
      expect(tensors.every((tensor) => !tensor.isDisposed)).toBe(true);
      tf.dispose(tensors);
    },
  );

  test.prop([anyShape, anyCount, fc.constantFrom<FusionFunction>('sum', 'max'), anySeed], { numRuns: 30 })(
    'sum and max do not depend on the order, and are the naive ones',
    (shape, count, name, seed) => {
      tf.tidy(() => {
        const tensors = draw(shape, count, seed);
        const values = tensors.map((tensor) => tensor.dataSync());
        const forward = fuse(tensors, name).dataSync();
        const backward = fuse([...tensors].reverse(), name).dataSync();
        forward.forEach((value, i) => {
          const column = values.map((list) => list[i]!);
          expect(value).toBeCloseTo(name === 'sum' ? column.reduce((a, b) => a + b) : Math.max(...column), 5);
          expect(backward[i]).toBeCloseTo(value, 5);
        });
      });
    },
  );

  test.prop([anySize, anySize, fc.array(anySize, { minLength: 1, maxLength: 4 }), anySeed], { numRuns: 30 })(
    'concat stacks channels, and gives every map back as a slice',
    (height, width, channels, seed) => {
      tf.tidy(() => {
        const random = randomSource(seed);
        const tensors = channels.map((c) => seededNormal([2, height, width, c], random));
        const parts = tf.split(fuse(tensors, 'concat'), [...channels], -1);
        parts.forEach((part, i) => expect(part.dataSync()).toEqual(tensors[i]!.dataSync()));
      });
    },
  );

  test('concat lays maps out beside vectors and beside maps of another size', () => {
    tf.tidy(() => {
      const map = tf.tensor4d([1, 2, 3, 4], [1, 2, 2, 1]);
      const other = tf.tensor4d([5, 6], [1, 2, 1, 1]);
      const vector = tf.tensor2d([[7]]);
      expect([...fuse([map, other, vector], 'concat').dataSync()]).toEqual([1, 2, 3, 4, 5, 6, 7]);
    });
  });

  test.prop([anyShape, anyShape, fc.constantFrom<FusionFunction>('sum', 'max')])(
    'sum and max refuse different shapes, with advice',
    (a, b, name) => {
      fc.pre(a.join() !== b.join());
      tf.tidy(() => {
        let caught: unknown;
        try {
          fuse([tf.zeros([1, ...a]), tf.zeros([1, ...b])], name);
        } catch (error) {
          caught = error;
        }
        expect(isCrossmodalError(caught, 'shape')).toBe(true);
        expect((caught as Error).message).toContain('Use affinity fusion');
      });
    },
  );

  test('refuses nothing at all, and an unknown function', () => {
    expect(() => fuse([], 'sum')).toThrowError(/one modality at least/);
    expect(() => fusedShape([[1]], 'mean' as FusionFunction)).toThrowError(/'sum', 'max' or 'concat'/);
  });
});
