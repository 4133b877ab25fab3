import {
  blocksOf,
  denseMatrix,
  gatherBlocks,
  randomSource,
  type BlockOptions,
  type DenseMatrix,
  type RowBlocks,
} from '@crossmodal/core';
import { fc, test } from '@fast-check/vitest';
import { describe, expect, test as plain } from 'vitest';
import {
  applyToBlocks,
  fitMinMax,
  fitMinMaxOfBlocks,
  fitPca,
  fitPcaOfBlocks,
  fitSqc,
  fitSqcOfBlocks,
  fitStandard,
  fitStandardOfBlocks,
  fitUnitRows,
  transformBlocks,
  type FittedTransform,
  type PcaOfBlocksOptions,
} from '../src/index.js';

interface Sample {
  readonly features: DenseMatrix;
  readonly present: Uint8Array;
  readonly source: RowBlocks;
}

const sizes = {
  n: fc.integer({ min: 3, max: 40 }),
  d: fc.integer({ min: 1, max: 9 }),
  rowsPerBlock: fc.integer({ min: 1, max: 41 }),
  seed: fc.nat(10_000),
  single: fc.boolean(),
};

/** Rows whose columns have ever less variance, some of them absent, and the same in blocks of a fixed size. */
function sample(n: number, d: number, rowsPerBlock: number, seed: number, single: boolean): Sample {
  const random = randomSource(seed);
  const doubles = Float64Array.from({ length: n * d }, (_, p) => 3 + random.normal() / (1 + (p % d)));
  const features = denseMatrix(single ? Float32Array.from(doubles) : doubles, n, d);
  const present = Uint8Array.from({ length: n }, (_, i) => (i < 3 || random.uniform() < 0.8 ? 1 : 0));
  const whole = blocksOf(features);
  const blocks = (options: BlockOptions = {}) => {
    const { memory: _, ...rest } = options;
    return whole.blocks({ ...rest, rowsPerBlock });
  };
  return { features, present, source: { ...whole, blocks } };
}

const samples = fc
  .record(sizes)
  .map(({ n, d, rowsPerBlock, seed, single }) => sample(n, d, rowsPerBlock, seed, single));

describe('transforms fitted and applied by blocks are those of all rows, bit for bit', () => {
  type Fit = (given: Sample) => readonly [FittedTransform, Promise<FittedTransform>];
  const fits: Readonly<Record<string, Fit>> = {
    standard: ({ features, present, source }) => [
      fitStandard(features, { present }),
      fitStandardOfBlocks(source, { present }),
    ],
    sqc: ({ features, present, source }) => [
      fitSqc(features, { present }),
      fitSqcOfBlocks(source, { present }),
    ],
    minmax: ({ features, present, source }) => [
      fitMinMax(features, { present }),
      fitMinMaxOfBlocks(source, { present }),
    ],
    'minmax per column': ({ features, present, source }) => [
      fitMinMax(features, { present, per: 'column' }),
      fitMinMaxOfBlocks(source, { present, per: 'column' }),
    ],
    unit: ({ features, source }) => [fitUnitRows(features), Promise.resolve(fitUnitRows(source))],
  };
  test.prop([fc.constantFrom(...Object.values(fits)), samples], { numRuns: 200 })(
    'scaling',
    async (fit, given) => {
      const { features, present, source } = given;
      const [expected, fitted] = fit(given);
      const transform = await fitted;
      expect(transform.state).toEqual(expected.state);
      expect(await applyToBlocks(source, transform, { present })).toEqual(expected.apply(features, present));
      expect(transformBlocks(source, transform, present).rowShape).toEqual(source.rowShape);
    },
  );

  test.prop([samples, fc.boolean(), fc.constantFrom(0, 0.1)], { numRuns: 200 })(
    'principal components, also of fewer rows than columns where they fit in memory',
    async ({ features, present, source }, whiten, ridge) => {
      const components = Math.min(2, features.columns);
      const options = { components, whiten, ridge, present };
      const expected = fitPca(features, { ...options, random: randomSource(0) });
      const transform = await fitPcaOfBlocks(source, { ...options, random: randomSource(0) });
      expect(transform.state).toEqual(expected.state);
      expect(await applyToBlocks(source, transform, { present })).toEqual(expected.apply(features, present));
    },
  );
});

test.prop(
  [
    fc.integer({ min: 4, max: 12 }),
    fc.integer({ min: 13, max: 40 }),
    fc.integer({ min: 1, max: 13 }),
    fc.nat(10_000),
    fc.boolean(),
    fc.boolean(),
  ],
  { numRuns: 100 },
)(
  'few rows of many columns by their Gram matrix (n, d, rows per block, seed)',
  async (n, d, rowsPerBlock, seed, single, whiten) => {
    const { features, present, source } = sample(n, d, rowsPerBlock, seed, single);
    const options = { components: 2, whiten, ridge: 0.01, present };
    const expected = fitPca(features, { ...options, random: randomSource(0) });
    // Memory of one row: the rows pass by each other one at a time.
    const transform = await fitPcaOfBlocks(source, { ...options, random: randomSource(0), memory: 8 * d });
    const [one, other] = [transform, expected].map((fitted) => fitted.apply(features, present));
    // The eigen-solver stops at residuals of 1e-8 of the norm, and axes whose variances are close turn by more; what they span does not,
    // so scores are compared where the first three variances are apart.
    const spread = await variancesOf(source, present);
    if (spread[0]! < 1.2 * spread[1]! || spread[1]! < 1.2 * spread[2]!) return;
    one!.values.forEach((value, p) => expect(Math.abs(value - other!.values[p]!)).toBeLessThan(1e-4));
  },
);

/** The three largest variances of rows. */
async function variancesOf(source: RowBlocks, present: Uint8Array): Promise<readonly number[]> {
  const scores = fitPca(await gatherBlocks(source), {
    components: 3,
    present,
    random: randomSource(1),
  }).apply(await gatherBlocks(source), present);
  const count = present.reduce((sum, flag) => sum + flag, 0);
  return [0, 1, 2].map((k) =>
    scores.values.filter((_, p) => p % 3 === k).reduce((sum, x) => sum + (x * x) / count, 0),
  );
}

plain('axes without variance are zero by the Gram matrix', async () => {
  const { features, source } = sample(4, 30, 1, 1, false);
  const transform = await fitPcaOfBlocks(source, { components: 4, random: randomSource(0), memory: 1 });
  const scores = transform.apply(features);
  expect([0, 1, 2, 3].map((i) => scores.values[4 * i + 3])).toEqual([0, 0, 0, 0]);
});

plain('many rows of many columns, by passes', async () => {
  const [n, d] = [2100, 2100];
  const random = randomSource(4);
  // Three directions that stand out of noise.
  const axes = Array.from({ length: 3 }, () => Float64Array.from({ length: d }, () => random.normal()));
  const values = new Float64Array(n * d);
  for (let i = 0; i < n; i++) {
    const scores = [3, 2, 1].map((size) => size * random.normal());
    for (let j = 0; j < d; j++)
      values[i * d + j] = 1 + axes.reduce((sum, axis, k) => sum + scores[k]! * axis[j]!, 0);
  }
  for (let p = 0; p < values.length; p++) values[p]! += 0.1 * random.normal();
  const features = denseMatrix(values, n, d);
  const expected = fitPca(features, { components: 3, random: randomSource(0) }).apply(features);
  const source = blocksOf(features);
  const transform = await fitPcaOfBlocks(source, { components: 3, random: randomSource(0), memory: 1e6 });
  const scores = await applyToBlocks(source, transform);
  // Scores are as large as 400; the solvers stop at residuals of 1e-8 of the norm.
  scores.values.forEach((value, p) => expect(Math.abs(value - expected.values[p]!)).toBeLessThan(1e-3));
});

describe('what is refused', () => {
  const source = blocksOf(denseMatrix(new Float32Array(6), 3, 2));
  const random = randomSource(0);
  plain.each<[Partial<PcaOfBlocksOptions>, string]>([
    [{ components: 3 }, 'option'],
    [{ components: 0 }, 'option'],
    [{ components: 1, ridge: -1 }, 'option'],
    [{ components: 1, memory: NaN }, 'option'],
    [{ components: 1, memory: 0 }, 'option'],
    [{ components: 1, present: new Uint8Array(3) }, 'shape'],
    [{ components: 1, present: new Uint8Array(2) }, 'shape'],
    [{ components: 1, signal: AbortSignal.abort() }, 'aborted'],
  ])('%o', async (options, code) => {
    await expect(fitPcaOfBlocks(source, { components: 1, random, ...options })).rejects.toMatchObject({
      code,
    });
  });

  plain('rows of another length', async () => {
    const transform = fitUnitRows({ columns: 3 });
    await expect(applyToBlocks(source, transform)).rejects.toMatchObject({ code: 'shape' });
  });
});
