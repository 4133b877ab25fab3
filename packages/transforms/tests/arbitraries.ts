import { denseMatrix, images, type DenseMatrix, type ImageModality } from '@crossmodal/core';
import { fc } from '@fast-check/vitest';

/** Finite single-precision numbers of moderate size, zeros among them. */
export const value: fc.Arbitrary<number> = fc.oneof(
  { weight: 1, arbitrary: fc.constant(0) },
  { weight: 5, arbitrary: fc.float({ min: -100, max: 100, noNaN: true }) },
);

/** Matrices `[n, d]`, n in 2..8, d in 1..6. */
export const matrix: fc.Arbitrary<DenseMatrix<Float32Array>> = fc
  .tuple(fc.integer({ min: 2, max: 8 }), fc.integer({ min: 1, max: 6 }))
  .chain(([n, d]) =>
    fc
      .array(value, { minLength: n * d, maxLength: n * d })
      .map((values) => denseMatrix(Float32Array.from(values), n, d)),
  );

/** Image modalities of 1 to 5 images, 1..9 pixels a side, 1..3 channels. */
export const imageModality: fc.Arbitrary<ImageModality> = fc
  .record({
    n: fc.integer({ min: 1, max: 5 }),
    height: fc.integer({ min: 1, max: 9 }),
    width: fc.integer({ min: 1, max: 9 }),
    channels: fc.integer({ min: 1, max: 3 }),
  })
  .chain(({ n, height, width, channels }) => {
    const count = n * height * width * channels;
    return fc.array(value, { minLength: count, maxLength: count }).map((values) =>
      images('pixels', denseMatrix(Float32Array.from(values), n, height * width * channels), {
        height,
        width,
        channels,
      }),
    );
  });

/** The rows of a matrix as plain arrays. */
export function rowsOf(features: DenseMatrix): number[][] {
  const { rows, columns, values } = features;
  return Array.from({ length: rows }, (_, i) => Array.from(values.subarray(i * columns, (i + 1) * columns)));
}

/** A permutation of `0..n-1` that depends on a number. */
export function permutationOf(n: number, shift: number): number[] {
  return Array.from({ length: n }, (_, i) => i).sort(
    (a, b) => ((a * 7 + shift) % 11) - ((b * 7 + shift) % 11) || b - a,
  );
}

/** A matrix with its rows in another order. */
export function permuted(
  features: DenseMatrix<Float32Array>,
  order: readonly number[],
): DenseMatrix<Float32Array> {
  const rows = rowsOf(features);
  return denseMatrix(Float32Array.from(order.flatMap((i) => rows[i]!)), features.rows, features.columns);
}

/** Largest difference between two matrices. */
export function largestDifference(a: DenseMatrix, b: DenseMatrix): number {
  if (a.rows !== b.rows || a.columns !== b.columns) return Infinity;
  let largest = 0;
  for (let p = 0; p < a.values.length; p++)
    largest = Math.max(largest, Math.abs(a.values[p]! - b.values[p]!));
  return largest;
}
