import { fc, test } from '@fast-check/vitest';
import { describe, expect, test as plain } from 'vitest';
import { denseMatrix, fromRows } from '../matrix.js';
import { sliceRows } from '../rows/slice-rows.js';
import { blockRanges } from './block-ranges.js';
import { blocksOf } from './blocks-of.js';
import { gatherBlocks } from './gather-blocks.js';
import { mapBlocks } from './map-blocks.js';
import { presentInBlock } from './present-in-block.js';
import { sliceBlocks } from './slice-blocks.js';

const matrices = fc
  .record({ n: fc.nat(12), d: fc.integer({ min: 1, max: 4 }), single: fc.boolean() })
  .map(({ n, d, single }) => {
    const values = Float64Array.from({ length: n * d }, (_, p) => p / 3);
    return denseMatrix(single ? Float32Array.from(values) : values, n, d);
  });

test.prop([matrices, fc.nat(12), fc.nat(12), fc.integer({ min: 1, max: 13 })])(
  'blocks of any size put together are the rows of the range',
  async (matrix, a, b, rowsPerBlock) => {
    const [first, end] = [Math.min(a, b, matrix.rows), Math.min(Math.max(a, b), matrix.rows)];
    const range = sliceRows(matrix, first, end);
    expect(await gatherBlocks(blocksOf(matrix), { first, end, rowsPerBlock })).toEqual(range);
    const sliced = sliceBlocks(blocksOf(matrix), first, end);
    expect(await gatherBlocks(sliced, { rowsPerBlock })).toEqual(range);
    const starts: number[] = [];
    for await (const { start, features } of sliced.blocks({ rowsPerBlock })) {
      starts.push(start);
      expect(features.rows).toBe(Math.min(rowsPerBlock, end - first - start));
    }
    expect(starts).toEqual(Array.from(starts, (_, k) => k * rowsPerBlock));
  },
);

test.prop([
  fc.integer({ min: 0, max: 50 }),
  fc.integer({ min: 1, max: 9 }),
  fc.integer({ min: 1, max: 2000 }),
])('blocks take no more memory than they may, but for a single row', (rows, columns, memory) => {
  const ranges = blockRanges('test', { rows, columns, precision: 'double' }, { memory });
  expect(ranges.flatMap(([start, end]) => Array.from({ length: end - start }, (_, i) => start + i))).toEqual(
    Array.from({ length: rows }, (_, i) => i),
  );
  for (const [start, end] of ranges)
    expect(end === start + 1 || (end - start) * columns * 8 <= memory).toBe(true);
});

describe('blockRanges refuses', () => {
  const source = { rows: 5, columns: 2, precision: 'single' } as const;
  plain.each([
    { first: -1 },
    { end: 6 },
    { first: 4, end: 3 },
    { rowsPerBlock: 0 },
    { rowsPerBlock: 1.5 },
    { memory: 0 },
    { memory: NaN },
    { rowsPerBlock: 1, memory: 1 },
  ])('%o', (options) => {
    expect(() => blockRanges('test', source, options)).toThrow(expect.objectContaining({ code: 'option' }));
  });
});

plain('a slice keeps within its rows', async () => {
  const source = blocksOf(fromRows([[1], [2], [3]]));
  expect(() => sliceBlocks(source, 2, 4)).toThrow(expect.objectContaining({ code: 'option' }));
  await expect(gatherBlocks(sliceBlocks(source, 1, 3), { end: 3 })).rejects.toMatchObject({ code: 'option' });
});

plain('a map that gives another size than it promised is refused', async () => {
  const source = blocksOf(fromRows([[1, 2]]));
  const wrong = mapBlocks(source, { rowShape: [3], map: ({ features }) => features });
  await expect(gatherBlocks(wrong)).rejects.toMatchObject({ code: 'shape', received: '1 x 2' });
});

plain('an aborted pass ends before its next block', async () => {
  const source = blocksOf(fromRows([[1], [2]]));
  const controller = new AbortController();
  const pass = source.blocks({ rowsPerBlock: 1, signal: controller.signal })[Symbol.asyncIterator]();
  expect((await pass.next()).value).toMatchObject({ start: 0 });
  controller.abort();
  await expect(pass.next()).rejects.toMatchObject({ code: 'aborted' });
});

plain('rows of a block that are present', () => {
  const block = { start: 1, features: fromRows([[1], [2], [3]]) };
  expect(presentInBlock(block, Uint8Array.of(0, 1, 0, 1))).toEqual(Int32Array.of(0, 2));
  expect(presentInBlock(block)).toEqual(Int32Array.of(0, 1, 2));
});

plain('rows that memory does not hold are refused', async () => {
  const huge = { ...blocksOf(fromRows([[1]])), rows: 2 ** 40, columns: 2 ** 10 };
  await expect(gatherBlocks(huge)).rejects.toMatchObject({ code: 'unsupported' });
});
