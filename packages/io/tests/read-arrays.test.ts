import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomSource } from '@crossmodal/core';
import { decodeArrays, readArrays, readIdx, selectArray, writeNpy, type NumericArray } from '../src/index.js';
import { fc, test } from '@fast-check/vitest';
import { gzipSync } from 'fflate';
import { expect, test as plain } from 'vitest';
import { idx, validFiles } from './valid-files.js';

plain('files are told by their content, and gzipped ones too', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'crossmodal-data-'));
  try {
    for (const [name, bytes] of validFiles()) {
      const path = join(directory, name);
      await writeFile(path, bytes);
      const read = await readArrays(path);
      expect(read.size).toBeGreaterThan(0);
      if (!name.endsWith('.gz')) expect(decodeArrays(gzipSync(bytes), `${path}.gz`)).toEqual(read);
    }
    await expect(readArrays(join(directory, 'none.mat'))).rejects.toMatchObject({ code: 'not-found' });
    await expect(readArrays(directory)).rejects.toMatchObject({ code: 'not-found' });
  } finally {
    await rm(directory, { recursive: true });
  }
});

plain('MATLAB 7.3 and unknown formats say what to do', () => {
  const hdf5 = Uint8Array.from([0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a]);
  expect(() => decodeArrays(hdf5, 'x.mat')).toThrow(/-v7/);
  expect(() => decodeArrays(Uint8Array.of(1, 2, 3), 'x.jpg')).toThrow(
    expect.objectContaining({ code: 'unsupported' }),
  );
  const twice = gzipSync(gzipSync(Uint8Array.of(1)));
  expect(() => decodeArrays(twice, 'x.gz')).toThrow(expect.objectContaining({ code: 'unsupported' }));
});

test.prop(
  [fc.array(fc.integer({ min: 0, max: 200_000 }), { minLength: 1, maxLength: 4 }), fc.nat(1000), fc.nat(7)],
  { numRuns: 20 },
)(
  'a gzip file of several members is their content, one after the other (cuts, seed, level)',
  (cuts, seed, level) => {
    const random = randomSource(seed);
    // Numbers of few digits, so that blocks are compressed at all.
    const values = Float32Array.from({ length: 60_000 }, () => random.integer(50));
    const file = writeNpy({ shape: [values.length], values });
    const places = [0, ...cuts.map((cut) => Math.min(cut, file.length)), file.length].sort((a, b) => a - b);
    const members = places
      .slice(1)
      .map((end, i) => gzipSync(file.subarray(places[i], end), { level: level as 0, filename: 'a.npy' }));
    const bytes = Uint8Array.from(Buffer.concat(members));
    expect((decodeArrays(bytes, 'a.npy.gz').get('data') as NumericArray).values).toEqual(values);
    // The checksum of any member, the first as well, is looked at.
    bytes[members[0]!.length - 8]! ^= 1;
    expect(() => decodeArrays(bytes, 'a.npy.gz')).toThrow(/CRC-32/);
    expect(() => decodeArrays(bytes.subarray(0, -3), 'a.npy.gz')).toThrow(
      expect.objectContaining({ code: 'format' }),
    );
    expect(() => decodeArrays(bytes, 'a.npy.gz', { maximumBytes: 1000 })).toThrow(
      expect.objectContaining({ code: 'unsupported' }),
    );
  },
);

plain('a variable is picked by name, or alone, or as data', () => {
  const one = { kind: 'array', shape: [1], values: Float64Array.of(1) } as const;
  const two = { kind: 'array', shape: [1], values: Float64Array.of(2) } as const;
  expect(selectArray(new Map([['x', one]]))).toBe(one);
  expect(selectArray(new Map([['x', one], ['data', two]]))).toBe(two); // prettier-ignore
  expect(selectArray(new Map([['x', one], ['y', two]]), 'y')).toBe(two); // prettier-ignore
  expect(() => selectArray(new Map([['x', one], ['y', two]]))).toThrow(/x \(an array of 1\), y/); // prettier-ignore
  expect(() => selectArray(new Map([['x', one]]), 'z')).toThrow(
    expect.objectContaining({ code: 'not-found' }),
  );
});

test.prop([fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 4 }), fc.constantFrom(0x08, 0x09)])(
  'IDX arrays of any rank',
  (shape, type) => {
    const count = shape.reduce((a, b) => a * b, 1);
    const bytes = Array.from({ length: count }, (_, i) => i % 100);
    const read = readIdx(idx(type, shape, bytes));
    expect(read.shape).toEqual(shape);
    expect(Array.from(read.values)).toEqual(bytes);
  },
);

plain('IDX numbers are big-endian', () => {
  expect(Array.from(readIdx(idx(0x0b, [2], [1, 0, 0xff, 0xff])).values)).toEqual([256, -1]);
  expect(Array.from(readIdx(idx(0x0c, [1], [0, 1, 0, 0])).values)).toEqual([65536]);
  expect(Array.from(readIdx(idx(0x0d, [1], [0x3f, 0x80, 0, 0])).values)).toEqual([1]);
});
