import { denseMatrix, fromRows, randomSource } from '@crossmodal/core';
import { tf } from '@crossmodal/tensors';
import { EigenvalueDecomposition, Matrix } from 'ml-matrix';
import { expect, test } from 'vitest';
import {
  buildAffinity,
  crossGraph,
  gaussianLift,
  gradientSelfExpression,
  graphRecipes,
  GRAPHS_F2,
  jointGram,
  jointSelfExpression,
  lowRankPowerAffinity,
  medianSquaredDistance,
  sparsity,
  strongestAffinity,
  thresholdCoefficients,
  type GraphRecipe,
} from '../index.js';

const error = (code: string) => expect.objectContaining({ code }) as Error;
const holed = fromRows([
  [0, Number.NaN],
  [1, 0],
]);
const features = (rows: number, columns: number) => ({
  features: denseMatrix(
    Float32Array.from({ length: rows * columns }, (_, p) => Math.sin(p)),
    rows,
    columns,
  ),
});

test('coefficients that are not finite are refused', () => {
  expect(() => strongestAffinity(holed, { neighbours: 1 })).toThrow(error('value'));
  expect(() => sparsity(holed)).toThrow(error('value'));
  expect(() => thresholdCoefficients(holed, { energy: 0.5 })).toThrow(error('value'));
  expect(() => lowRankPowerAffinity(holed, { clusters: 1 })).toThrow(error('value'));
});

test('Gram matrices that are not finite, and medians below 0, are refused', () => {
  tf.tidy(() => {
    const gram = tf.tensor2d([
      [1, Number.NaN],
      [Number.NaN, 1],
    ]);
    expect(() => gaussianLift(gram)).toThrow(error('value'));
    expect(() => medianSquaredDistance(gram)).toThrow(error('value'));
    expect(() => gradientSelfExpression(gram, { ridge: 1 })).toThrow(error('value'));
    const whole = tf.eye(2) as tf.Tensor2D;
    for (const median of [-5, Number.NaN])
      expect(() => gaussianLift(whole, { median })).toThrow(error('option'));
  });
});

test('joint Gram matrices have one shape, and weights of 0 or more', () => {
  tf.tidy(() => {
    const two = tf.eye(2) as tf.Tensor2D;
    const three = tf.eye(3) as tf.Tensor2D;
    expect(() => jointGram([two, three])).toThrow(error('shape'));
    for (const weight of [-1, Number.NaN, Infinity])
      expect(() => jointGram([two, two], [1, weight])).toThrow(error('option'));
  });
});

test('graphs need modalities of as many rows, recipes, and names that exist', async () => {
  await expect(buildAffinity([])).rejects.toThrow(error('shape'));
  await expect(buildAffinity([features(4, 2), features(5, 2)])).rejects.toThrow(error('shape'));
  await expect(buildAffinity([features(4, 2)], { recipes: [] })).rejects.toThrow(error('option'));
  expect(() => graphRecipes('ZZ' as 'R')).toThrow(error('option'));
  const sign = 'x' as 'both';
  expect(() => strongestAffinity(fromRows([[0]]), { neighbours: 1, sign })).toThrow(error('option'));
  const options = { recipes: GRAPHS_F2 as readonly GraphRecipe[], width: 3, ridgeFactor: 1, medians: [1] };
  expect(() => crossGraph([features(4, 2)], [features(1, 3)], options)).toThrow(error('shape'));
  expect(() => crossGraph([features(4, 2)], [], options)).toThrow(error('shape'));
  expect(() => crossGraph([features(4, 2)], [features(1, 2)], { ...options, medians: [] })).toThrow(
    error('shape'),
  );
  const negative = [{ ...GRAPHS_F2[0]!, sign: 'negative' as 'both' }];
  await expect(buildAffinity([features(4, 2)], { recipes: negative })).rejects.toThrow(error('option'));
  for (const width of [0, -1, Number.NaN]) {
    await expect(buildAffinity([features(4, 2)], { width })).rejects.toThrow(error('option'));
    expect(() => jointSelfExpression([features(4, 2)], { ridge: 1, width })).toThrow(error('option'));
  }
  expect(() => jointSelfExpression([], { ridge: 1, width: 3 })).toThrow(error('shape'));
  const uneven = [features(4, 2), features(5, 2)];
  expect(() => jointSelfExpression(uneven, { ridge: 1, width: 3 })).toThrow(error('shape'));
});

test('the lift is three medians wide by default', () => {
  tf.tidy(() => {
    const gram = tf.tensor2d([
      [0, 0],
      [0, 2],
    ]);
    // One pair, whose squared distance is the median.
    expect(gaussianLift(gram).arraySync()[0]![1]).toBeCloseTo(Math.exp(-1 / 3), 6);
  });
});

test('the strongest coefficients go on until their sum exceeds the share, not only reaches it', () => {
  const column = fromRows([[2], [1], [1]]);
  expect([...thresholdCoefficients(column, { energy: 0.5 }).values]).toEqual([2, 1, 0]);
  expect([...thresholdCoefficients(column, { energy: 0.49 }).values]).toEqual([2, 0, 0]);
});

test('sizes up to a share of the largest are zero', () => {
  const s = fromRows([
    [0, 10, 1],
    [0.9, 0, 5],
    [0, 1.1, 0],
  ]);
  expect(sparsity(s)).toBeCloseTo(1 / 6, 12);
  expect(sparsity(s, { tolerance: 0.1 })).toBeCloseTo(3 / 6, 12);
});

test('the low-rank affinity keeps d K + 1 directions', () => {
  const n = 10;
  const random = randomSource(3);
  const c = Matrix.zeros(n, n);
  for (let i = 0; i < n; i++)
    for (let j = 0; j <= i; j++) {
      const value = Math.fround(random.normal());
      c.set(i, j, value);
      c.set(j, i, value);
    }
  const { realEigenvalues: values, eigenvectorMatrix: vectors } = new EigenvalueDecomposition(c, {
    assumeSymmetric: true,
  });
  const leading = values
    .map((value, j) => ({ size: Math.abs(value), j }))
    .sort((a, b) => b.size - a.size)
    .slice(0, 2 * 2 + 1);
  const rows = Array.from({ length: n }, (_, i) => {
    const row = leading.map(({ size, j }) => vectors.get(i, j) * Math.sqrt(size));
    return row.map((value) => value / Math.hypot(...row));
  });
  const affinity = lowRankPowerAffinity(denseMatrix(Float32Array.from(c.to1DArray()), n, n), {
    clusters: 2,
    dimension: 2,
    power: 2,
  });
  for (let i = 0; i < n; i++)
    for (let j = 0; j < n; j++) {
      const product = rows[i]!.reduce((sum, value, k) => sum + value * rows[j]![k]!, 0);
      expect(affinity.values[i * n + j]).toBeCloseTo(Math.max(product, 0) ** 2, 3);
    }
});
