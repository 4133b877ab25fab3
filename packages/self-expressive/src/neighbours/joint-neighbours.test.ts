import { denseMatrix, fromRows, randomSource } from '@crossmodal/core';
import { tf } from '@crossmodal/tensors';
import { fc, test } from '@fast-check/vitest';
import { beforeAll, expect } from 'vitest';
import { jointNeighbours } from './joint-neighbours.js';
import { nearestNeighbours } from './nearest-neighbours.js';

beforeAll(async () => {
  await tf.setBackend('cpu');
});

const unit = (row: number[]) => {
  const length = Math.hypot(...row);
  return row.map((value) => (length > 0 ? value / length : 0));
};
const unitRows = (rows: number[][]) => fromRows(rows.map(unit));
const listOf = ({ count, indices }: Awaited<ReturnType<typeof jointNeighbours>>, row: number) => [
  ...indices.subarray(row * count, (row + 1) * count),
];
const allBut = (n: number, row: number) => Uint8Array.from({ length: n }, (_, i) => (i === row ? 0 : 1));

test.prop([fc.nat(999)], { numRuns: 5 })(
  'complete modalities: the nearest by the sum of cosines, and flags of 1 change nothing (seed)',
  async (seed) => {
    const random = randomSource(seed);
    const n = 20;
    const [first, second] = [3, 4].map((d) =>
      unitRows(Array.from({ length: n }, () => Array.from({ length: d }, () => random.normal()))),
    );
    const both = denseMatrix(
      Float64Array.from({ length: 7 * n }, (_, p) => {
        const [i, j] = [Math.floor(p / 7), p % 7];
        return j < 3 ? first!.values[3 * i + j]! : second!.values[4 * i + j - 3]!;
      }),
      n,
      7,
    );
    const { count, indices } = await nearestNeighbours(both, { neighbours: 5 });
    const expected = { count, indices };
    const modalities = [{ features: first! }, { features: second! }];
    expect(await jointNeighbours(modalities, { neighbours: 5 })).toEqual(expected);
    const flagged = modalities.map(({ features }) => ({ features, present: new Uint8Array(n).fill(1) }));
    expect(await jointNeighbours(flagged, { neighbours: 5 })).toEqual(expected);
  },
);

test('objects that have nothing in common are no neighbours, though their cosine of 0 is more than that of others', async () => {
  // Rows 0 to 2 have the first modality alone, 3 and 4 the second; 2 is opposite to 0 and 1.
  const first = unitRows([
    [1, 0],
    [1, 0.1],
    [-1, 0],
    [0, 0],
    [0, 0],
  ]);
  const second = unitRows([
    [0, 0],
    [0, 0],
    [0, 0],
    [0, 1],
    [0.1, -1],
  ]);
  const modalities = [
    { features: first, present: Uint8Array.of(1, 1, 1, 0, 0) },
    { features: second, present: Uint8Array.of(0, 0, 0, 1, 1) },
  ];
  const found = await jointNeighbours(modalities, { neighbours: 4 });
  expect(listOf(found, 0)).toEqual([1, 2, -1, -1]);
  expect(listOf(found, 2)).toEqual([1, 0, -1, -1]);
  expect(listOf(found, 3)).toEqual([4, -1, -1, -1]);
});

test('complete objects link those that have different modalities', async () => {
  // Two groups; row 0 has the first modality alone, row 1 the second, both of the group of rows 2 to 6.
  const n = 12;
  const sign = (i: number) => (i < 7 ? 1 : -1);
  const first = Array.from({ length: n }, (_, i) => (i === 1 ? [0, 0] : [sign(i), 0.02 * i]));
  const second = Array.from({ length: n }, (_, i) => (i === 0 ? [0, 0] : [0.02 * i, sign(i)]));
  const found = await jointNeighbours(
    [
      { features: unitRows(first), present: allBut(n, 1) },
      { features: unitRows(second), present: allBut(n, 0) },
    ],
    { neighbours: 6 },
  );
  expect(listOf(found, 0).sort()).toEqual([1, 2, 3, 4, 5, 6]);
  expect(listOf(found, 1).sort()).toEqual([0, 2, 3, 4, 5, 6]);
});

test.prop([fc.nat(999)], { numRuns: 5 })(
  'a row that one modality puts beside strangers goes with the majority of its near ones in the other (seed)',
  async (seed) => {
    const random = randomSource(seed);
    const n = 40;
    // The first modality tells two groups apart for sure, the second is a line on which they overlap.
    const group = (i: number) => (i % 2 === 0 ? 1 : -1);
    const line = Array.from({ length: n }, (_, i) =>
      i === 0 ? 0.8 : group(i) * 0.5 + 0.4 * random.normal(),
    );
    // Row 0 lacks the first, and is in the middle of its own group of the second.
    const first = line.map((_, i) => (i === 0 ? [0, 0] : [group(i), 0.1]));
    const second = line.map((x) => [x, 1]);
    const near = Array.from({ length: n - 1 }, (_, i) => i + 1)
      .sort((a, b) => {
        const away = (i: number) => Math.abs(Math.atan(line[i]!) - Math.atan(0.8));
        return away(a) - away(b);
      })
      .slice(0, 10);
    const majority = near.reduce((sum, i) => sum + group(i), 0);
    fc.pre(Math.abs(majority) > 4);
    const found = await jointNeighbours(
      [{ features: unitRows(first), present: allBut(n, 0) }, { features: unitRows(second) }],
      { neighbours: 5 },
    );
    expect(listOf(found, 0).every((i) => group(i) === Math.sign(majority))).toBe(true);
  },
);

test('what stands in for an absent row is the mean of as many as are asked for', async () => {
  // By the second modality, row 0 is nearest to 1, then to 2 to 4, which are elsewhere in the first.
  const first = unitRows([
    [0, 0],
    [1, 0],
    [0, 1],
    [0, 1],
    [0, 1],
  ]);
  const second = unitRows([
    [1, 0],
    [1, 0.01],
    [1, 0.1],
    [1, 0.1],
    [1, 0.1],
  ]);
  const modalities = [{ features: first, present: allBut(5, 0) }, { features: second }];
  const of = async (standIns: number) =>
    listOf(await jointNeighbours(modalities, { neighbours: 1, standIns }), 0)[0];
  expect(await of(1)).toBe(1);
  expect(await of(4)).not.toBe(1);
});

test.each([
  ['no modality', [], {}, 'shape'],
  [
    'modalities of different objects',
    [{ features: fromRows([[1]]) }, { features: fromRows([[1], [1]]) }],
    {},
    'shape',
  ],
  ['too few flags', [{ features: fromRows([[1], [1]]), present: Uint8Array.of(1) }], {}, 'shape'],
  ['no stand-ins', [{ features: fromRows([[1], [1]]) }], { standIns: 0 }, 'option'],
  ['no neighbours', [{ features: fromRows([[1], [1]]) }], { neighbours: 0 }, 'option'],
])('%s is refused', async (_, modalities, options, code) => {
  await expect(jointNeighbours(modalities, { neighbours: 1, ...options })).rejects.toThrow(
    expect.objectContaining({ code }),
  );
});
