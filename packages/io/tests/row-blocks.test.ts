import { gatherBlocks, isCrossmodalError, type DenseMatrix } from '@crossmodal/core';
import { fc, test } from '@fast-check/vitest';
import { gzipSync } from 'fflate';
import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test as plain } from 'vitest';
import {
  arrayToMatrix,
  decodeArrays,
  hasRowBlocks,
  openRowBlocks,
  selectArray,
  writeNpy,
  type OpenRowBlocksOptions,
} from '../src/index.js';
import { npy } from './npy-file.js';
import { idx, validFiles } from './valid-files.js';

const directory = mkdtempSync(join(tmpdir(), 'crossmodal-rows-'));
afterAll(() => rmSync(directory, { recursive: true }));

function file(name: string, bytes: Uint8Array): string {
  const path = join(directory, name);
  writeFileSync(path, bytes);
  return path;
}

const whole = (bytes: Uint8Array, name: string): DenseMatrix =>
  arrayToMatrix(selectArray(decodeArrays(bytes, name), undefined));

async function byBlocks(path: string, rowsPerBlock: number, options?: OpenRowBlocksOptions) {
  const source = await openRowBlocks(path, options);
  return gatherBlocks(source, { rowsPerBlock });
}

const NPY = ['b1', 'i1', 'u1', 'i2', 'u2', 'i4', 'u4', 'i8', 'u8', 'f2', 'f4', 'f8'].flatMap((type) =>
  type.endsWith('1') ? [`|${type}`] : [`<${type}`, `>${type}`],
);
const IDX = new Map([
  [0x08, 1],
  [0x09, 1],
  [0x0b, 2],
  [0x0c, 4],
  [0x0d, 4],
  [0x0e, 8],
]);

const shape = fc.tuple(fc.nat(9), fc.array(fc.integer({ min: 1, max: 4 }), { maxLength: 3 }));
const content = fc.infiniteStream(fc.nat(255));
const sizes = fc.integer({ min: 1, max: 11 });

const count = (sizes: readonly number[]): number => sizes.reduce((product, size) => product * size, 1);

/** Bytes of numbers; of 64-bit integers the upper ones are zero, so that they lie within 2^53. */
function numbers(stream: Iterator<number>, length: number, type: string): Uint8Array {
  const bytes = Uint8Array.from({ length }, () => stream.next().value as number);
  if (!/[iu]8$/.test(type)) return bytes;
  return bytes.map((byte, p) => ((type.startsWith('>') ? 7 - (p % 8) : p % 8) > 5 ? 0 : byte));
}

test.prop([fc.constantFrom(...NPY), shape, content, sizes, fc.boolean()], { numRuns: 300 })(
  'rows of .npy by blocks are bit for bit those of the whole, plain and gzipped',
  async (type, [n, rest], stream, rowsPerBlock, packed) => {
    const tuple = [n, ...rest];
    const data = numbers(stream, count(tuple) * Number(type.slice(2)), type);
    const stored = npy(1, `'${type}'`, false, `${tuple.join(', ')},`, data);
    const bytes = packed ? gzipSync(stored) : stored;
    const path = file('a.npy', bytes);
    expect(await byBlocks(path, rowsPerBlock)).toEqual(whole(bytes, path));
    const opened = await openRowBlocks(path);
    expect([opened.rows, count(opened.rowShape)]).toEqual([n, opened.columns]);
  },
);

test.prop([fc.constantFrom(...IDX), shape, content, sizes, fc.boolean()], { numRuns: 100 })(
  'rows of IDX by blocks are bit for bit those of the whole, plain and gzipped',
  async ([code, size], [n, rest], stream, rowsPerBlock, packed) => {
    const data = [...numbers(stream, count([n, ...rest]) * size, '')];
    const stored = idx(code, [n, ...rest], data);
    const bytes = packed ? gzipSync(stored) : stored;
    const path = file('a-idx', bytes);
    expect(await byBlocks(path, rowsPerBlock)).toEqual(whole(bytes, path));
  },
);

test.prop([fc.nat(6), fc.nat(6), sizes, fc.boolean()])(
  'a pass gives the rows of a range, and each pass the same',
  async (a, b, rowsPerBlock, packed) => {
    const stored = writeNpy({ shape: [6, 2], values: Float32Array.from({ length: 12 }, (_, p) => p) });
    const source = await openRowBlocks(file('range.npy', packed ? gzipSync(stored) : stored));
    const [first, end] = [Math.min(a, b), Math.max(a, b)];
    for (let pass = 0; pass < 2; pass++) {
      const { rows, values } = await gatherBlocks(source, { first, end, rowsPerBlock });
      expect([rows, ...values]).toEqual([
        end - first,
        ...Array.from({ length: 2 * rows }, (_, p) => 2 * first + p),
      ]);
    }
  },
);

describe('what cannot be read by blocks', () => {
  const values = Float64Array.of(1, 2, 3, 4, 5, 6);
  const data = new Uint8Array(values.buffer);

  plain('is refused with what to do, and told beforehand', async () => {
    const cases: readonly (readonly [string, Uint8Array, RegExp])[] = [
      ['fortran.npy', npy(1, "'<f8'", true, '2, 3', data), /Fortran order.*ascontiguousarray/],
      ['text.npy', npy(1, "'<U2'", false, '6,', data), /real numbers, got text/],
      ['records.npy', validFiles().get('records.npy')!, /got records/],
      ['complex.npy', npy(1, "'<c16'", false, '3,', data), /complex/],
      ['scalar.npy', npy(1, "'<f8'", false, '', data.subarray(0, 8)), /got a number/],
      ['empty.npy', npy(1, "'<f8'", false, '3, 0', new Uint8Array(0)), /an array of 3 x 0/],
      ['a.csv', validFiles().get('a.csv')!, /\.npy or IDX file/],
      ['a.npz', validFiles().get('a.npz')!, /\.npy or IDX file/],
      ['twice.npy', gzipSync(gzipSync(writeNpy({ shape: [6], values }))), /gzipped twice/],
    ];
    for (const [name, bytes, message] of cases) {
      const path = file(name, bytes);
      await expect(openRowBlocks(path), name).rejects.toThrow(message);
      expect(await hasRowBlocks(path), name).toBe(false);
    }
    expect(await hasRowBlocks(file('a.npy', writeNpy({ shape: [6], values })))).toBe(true);
    // Both orders are the same where one axis alone is longer than 1.
    expect((await byBlocks(file('one.npy', npy(1, "'<f8'", true, '6, 1', data)), 4)).values).toEqual(values);
  });

  plain('a folder, a file that is not there, and one that changes its length', async () => {
    await expect(openRowBlocks(directory)).rejects.toMatchObject({ code: 'not-found', received: 'a folder' });
    await expect(hasRowBlocks(join(directory, 'none'))).rejects.toMatchObject({ code: 'not-found' });
    const path = file('short.npy', writeNpy({ shape: [3, 2], values }));
    const source = await openRowBlocks(path);
    truncateSync(path, 150);
    await expect(gatherBlocks(source)).rejects.toMatchObject({ code: 'format' });
    await expect(openRowBlocks(path)).rejects.toThrow(/expected 6 values of 8 bytes, got 22 bytes/);
  });

  plain('a gzipped file that holds less or more than it says, or is damaged', async () => {
    const full = writeNpy({ shape: [3, 2], values });
    const bad = gzipSync(full);
    bad[bad.length - 6]! ^= 1;
    for (const bytes of [
      gzipSync(full.subarray(0, -8)),
      gzipSync(Uint8Array.of(...full, 0)),
      bad,
      gzipSync(full).subarray(0, -3),
    ]) {
      const path = file('bad.npy.gz', bytes);
      await expect(openRowBlocks(path).then(gatherBlocks)).rejects.toMatchObject({ code: 'format' });
    }
    const lie = gzipSync(npy(1, "'<f8'", false, '999999999, 999', data));
    await expect(openRowBlocks(file('lie.npy.gz', lie))).rejects.toMatchObject({ code: 'format' });
  });

  plain('integers beyond 2^53 are refused, or rounded, which is said', async () => {
    const large = new Uint8Array(BigInt64Array.of(1n, 2n, 2n ** 53n + 1n, -(2n ** 62n) - 1n).buffer);
    const path = file('large.npy', npy(1, "'<i8'", false, '4, 1', large));
    await expect(byBlocks(path, 2)).rejects.toMatchObject({ code: 'value' });
    await expect(byBlocks(path, 2, { beyond: 'keep' as 'round' })).rejects.toMatchObject({ code: 'option' });
    expect([...(await byBlocks(path, 2, { beyond: 'round' })).values]).toEqual([1, 2, 2 ** 53, -(2 ** 62)]);
    const flags: boolean[] = [];
    for await (const { rounded } of (await openRowBlocks(path, { beyond: 'round' })).blocks({
      rowsPerBlock: 2,
    }))
      flags.push(rounded);
    expect(flags).toEqual([false, true]);
  });

  plain('an abort ends a pass', async () => {
    const source = await openRowBlocks(file('abort.npy', writeNpy({ shape: [3, 2], values })));
    const controller = new AbortController();
    const seen: number[] = [];
    const pass = async () => {
      for await (const { start } of source.blocks({ rowsPerBlock: 1, signal: controller.signal })) {
        seen.push(start);
        controller.abort();
      }
    };
    await expect(pass()).rejects.toMatchObject({ code: 'aborted' });
    expect(seen).toEqual([0]);
  });
});

const files = [...validFiles()];

test.prop(
  [
    fc.constantFrom(...files),
    fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 4 }),
    fc.double({ min: 0, max: 1, noNaN: true }),
  ],
  { numRuns: 400 },
)(
  'a file with bytes changed or cut off gives rows or a typed error',
  async ([name, valid], changes, share) => {
    const bytes = valid.slice(0, Math.ceil(share * valid.length));
    for (const [place, value] of changes) if (bytes.length > 0) bytes[place % bytes.length] = value;
    const path = file(name, bytes);
    const read = async () => {
      const source = await openRowBlocks(path);
      let rows = 0;
      for await (const { features } of source.blocks()) rows += features.rows;
      expect(rows).toBe(source.rows);
    };
    await read().catch((error: unknown) => {
      if (!isCrossmodalError(error)) throw error;
      expect(['format', 'unsupported', 'shape', 'value']).toContain(error.code);
    });
  },
);
