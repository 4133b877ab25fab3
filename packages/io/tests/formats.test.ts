import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decodeArrays, readArrays, selectArray, writeNpy, writeNpz, type ArrayFormat } from '../src/index.js';
import { gzipSync, zipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { idx } from './valid-files.js';
import { writeMat4 } from './write-mat4.js';
import { writeMat5 } from './write-mat5.js';

const ascii = (text: string) => Uint8Array.from(text, (c) => c.charCodeAt(0));
const nothing = new Uint8Array(0);

describe('a format that is not read is named, with the cure', () => {
  test.each([
    [
      'a.xlsx',
      zipSync({ 'xl/workbook.xml': nothing, '[Content_Types].xml': nothing }),
      /an Excel workbook\. Save the sheet as CSV/,
    ],
    ['a.ods', zipSync({ mimetype: nothing, 'content.xml': nothing }), /an OpenDocument file .* CSV/],
    ['a.xls', ascii('\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1...'), /such as \.xls\. Save the sheet as CSV/],
    ['a.pt', zipSync({ 'archive/data.pkl': nothing }), /a PyTorch file.*numpy\.savez/],
    ['a.zip', zipSync({ 'table.csv': ascii('1,2\n') }), /a zip archive without arrays\. Unpack it/],
    ['a.h5', ascii('\x89HDF\r\n\x1a\n....'), /an HDF5 file.*numpy\.savez/],
    ['a.mat', ascii('\x89HDF\r\n\x1a\n....'), /HDF5 \(version 7\.3\).*-v7/],
    ['a.parquet', ascii('PAR1......PAR1'), /a Parquet file.*to_csv/],
    ['a.feather', ascii('ARROW1\0\0..ARROW1'), /an Arrow file.*to_csv/],
    ['a.pkl', ascii('\x80\x04\x95.....'), /a Python pickle.*numpy\.savez/],
    ['a.rds', gzipSync(ascii('X\n\0\0\0\x03...')), /an R data file.*write\.csv/],
    ['a.RData', gzipSync(ascii('RDX3\nX\n')), /an R data file.*write\.csv/],
    ['a.png', ascii('\x89PNG\r\n\x1a\n...'), /a PNG image.*\[n, height, width, channels\]/],
    ['a.jpg', ascii('\xff\xd8\xff\xe0...'), /a JPEG image/],
    ['a.pdf', ascii('%PDF-1.7'), /a PDF document.*CSV/],
    ['a.csv', ascii('%PDF-1.7'), /a PDF document/],
    ['a.csv.xz', ascii('\xfd7zXZ\0...'), /compressed by xz\. Unpack it/],
    ['a.csv', nothing, /an empty file/],
    ['a.dat', ascii('1 2 3'), /content named \.dat\. Name the format/],
    ['-', ascii('1,2'), /^standard input: .*content of another format\. Name the format/],
  ])('%s', (name, bytes, message) => {
    const read = () => decodeArrays(bytes, name);
    expect(read).toThrow(message);
    expect(read).toThrow(expect.objectContaining({ code: 'unsupported' }));
  });
});

test('a table whose first column is called as a magic number is a table', () => {
  expect(decodeArrays(ascii('PAR1,PAR2\n1,2\n3,4\n'), 'a.csv').get('data')).toMatchObject({ shape: [2, 2] });
});

const square = { shape: [2, 2], values: Float64Array.of(1, 2, 3, 4) } as const;
const matlab = { kind: 'numeric', matlabClass: 6, type: 9, shape: [2, 2], values: [1, 3, 2, 4] } as const;
describe.each<[ArrayFormat, Uint8Array]>([
  ['csv', ascii('1,2\n3,4\n')],
  ['tsv', ascii('1\t2\n3\t4\n')],
  ['npy', writeNpy(square)],
  ['npz', writeNpz({ x: square })],
  ['mat', writeMat5({ x: matlab })],
  ['mat', writeMat4([['x', { shape: [2, 2], values: [1, 3, 2, 4] }]], false)],
  ['idx', idx(0x08, [2, 2], [1, 2, 3, 4])],
])('format %s', (format, bytes) => {
  test.each(['-', 'a.dat', 'a.csv', 'a.npy.gz'])('is read under the name %s when it is named', (name) => {
    for (const content of [bytes, gzipSync(bytes)]) {
      const value = selectArray(decodeArrays(content, name, { format }));
      if (value.kind !== 'array') throw new Error('no array');
      expect(Array.from(value.values)).toEqual([1, 2, 3, 4]);
      expect(value.shape).toEqual([2, 2]);
    }
  });
});

test('what is no file is refused in words', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'crossmodal-formats-'));
  try {
    const file = join(directory, 'a.csv');
    await writeFile(file, '1,2\n');
    for (const [path, message] of [
      [directory, /expected a readable file, got a folder\. Name a file in it/],
      [join(directory, 'none.npy'), /none\.npy': expected a readable file, got no such file/],
      [join(file, 'inside.npy'), /got a path through something that is no folder/],
      [join(directory, 'x'.repeat(300)), /got a name that is too long/],
      ['a\0b.npy', /^'a\\u\{0\}b\.npy': .* a path that no file can have/],
    ] as const) {
      await expect(readArrays(path)).rejects.toThrow(message);
      await expect(readArrays(path)).rejects.toMatchObject({ code: 'not-found' });
    }
  } finally {
    await rm(directory, { recursive: true });
  }
});
