import { blocksOf, denseMatrix, randomSource, type BlockOptions, type RowBlocks } from '@crossmodal/core';
import { fc, test } from '@fast-check/vitest';
import { expect, test as plain } from 'vitest';
import { columnDeviations } from '../columns/column-deviations.js';
import { columnDeviationsOfBlocks } from '../columns/column-deviations-of-blocks.js';
import { columnMeans } from '../columns/column-means.js';
import { columnMeansOfBlocks } from '../columns/column-means-of-blocks.js';
import { covarianceByPasses } from './covariance-by-passes.js';
import { covarianceOfBlocks } from './covariance-of-blocks.js';
import { covarianceOperatorOfBlocks } from './covariance-operator-of-blocks.js';
import { covarianceOperator } from './covariance-operator.js';
import { gramOfBlocks } from './gram-of-blocks.js';

const sizes = fc.record({
  n: fc.constantFrom(1, 5, 127, 128, 300),
  d: fc.integer({ min: 1, max: 13 }),
  rowsPerBlock: fc.integer({ min: 1, max: 310 }),
  seed: fc.nat(1000),
  single: fc.boolean(),
});

interface Sizes {
  readonly n: number;
  readonly d: number;
  readonly rowsPerBlock: number;
  readonly seed: number;
  readonly single: boolean;
}

/** Random rows of which about a third is absent, and the same in blocks of a fixed size. */
function sample({ n, d, rowsPerBlock, seed, single }: Sizes) {
  const random = randomSource(seed);
  const doubles = Float64Array.from({ length: n * d }, () => 100 + random.normal());
  const features = denseMatrix(single ? Float32Array.from(doubles) : doubles, n, d);
  const present = Uint8Array.from({ length: n }, (_, i) => (i === 0 || random.uniform() < 2 / 3 ? 1 : 0));
  const rows = Int32Array.from([...present.keys()].filter((i) => present[i] === 1));
  const whole = blocksOf(features);
  const source: RowBlocks = {
    ...whole,
    blocks: ({ memory: _, ...options }: BlockOptions = {}) => whole.blocks({ ...options, rowsPerBlock }),
  };
  return { features, present, rows, source };
}

test.prop([sizes], { numRuns: 60 })(
  'means, deviations and covariance by blocks are those of all rows, bit for bit',
  async (given) => {
    const { features, present, rows, source } = sample(given);
    const { d } = given;
    const means = columnMeans(features, { rows });
    expect(await columnMeansOfBlocks(source, { present })).toEqual(means);
    expect(await columnDeviationsOfBlocks(source, { present })).toEqual(columnDeviations(features, { rows }));
    const input = Float64Array.from({ length: d }, (_, j) => Math.sin(j + 1));
    const [one, other] = [new Float64Array(d), new Float64Array(d)];
    (await covarianceOperatorOfBlocks(source, { present })).multiply(input, one, 1);
    covarianceOperator(features, { rows }).multiply(input, other, 1);
    if (rows.length >= d) expect(one).toEqual(other);
    else one.forEach((value, j) => expect(value).toBeCloseTo(other[j]!, 10));
  },
);

test.prop([sizes, fc.integer({ min: 1, max: 3000 })], { numRuns: 60 })(
  'the Gram matrix by blocks is the product of every pair of rows, however many are held',
  async (given, memory) => {
    const { features, present, source } = sample({ ...given, n: Math.min(given.n, 127) });
    const means = columnMeans(features);
    const gram = await gramOfBlocks(source, { present, means, memory });
    const { rows: n, columns: d, values } = features;
    for (let i = 0; i < n; i++) {
      for (let k = 0; k < n; k++) {
        let expected = 0;
        for (let j = 0; j < d; j++) {
          expected += (values[i * d + j]! - means[j]!) * (values[k * d + j]! - means[j]!);
        }
        expect(gram.values[i * n + k]).toBeCloseTo(present[i]! * present[k]! * expected, 9);
      }
    }
  },
);

plain('deviations whose squares overflow or vanish, and constant columns', async () => {
  const features = denseMatrix(Float64Array.of(1e200, 1e-200, 5, 3e200, 3e-200, 5), 2, 3);
  const deviations = await columnDeviationsOfBlocks(blocksOf(features));
  expect(deviations).toEqual(columnDeviations(features));
  expect([...deviations]).toEqual([1e200, 1e-200, 0]);
});

plain('an aborted pass ends in a typed error', async () => {
  const source = blocksOf(denseMatrix(new Float32Array(4), 2, 2));
  await expect(covarianceOfBlocks(source, { signal: AbortSignal.abort() })).rejects.toMatchObject({
    code: 'aborted',
  });
});

plain('flags that are not as many as rows are refused', async () => {
  const rows = blocksOf(denseMatrix(new Float64Array(6), 3, 2));
  const means = new Float64Array(2);
  for (const present of [new Uint8Array(2), new Uint8Array(4)]) {
    const refused = expect.objectContaining({ code: 'shape' });
    for (const summed of [columnMeansOfBlocks, columnDeviationsOfBlocks, covarianceOfBlocks, gramOfBlocks])
      await expect(summed(rows, { present })).rejects.toThrow(refused);
    expect(() => covarianceByPasses(rows, { means, present })).toThrow(refused);
  }
});
