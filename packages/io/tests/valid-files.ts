import { gzipSync, zipSync } from 'fflate';
import { writeNpy, writeNpz } from '../src/index.js';
import { npy as npyFile } from './npy-file.js';
import { writeMat4 } from './write-mat4.js';
import { writeMat5 } from './write-mat5.js';

/** Small valid files of every format, by name with extension. */
export function validFiles(): ReadonlyMap<string, Uint8Array> {
  const npy = writeNpy({ shape: [2, 3], values: Float64Array.of(1, 2, 3, 4, 5, 6) });
  const variables = {
    x: { kind: 'numeric', matlabClass: 6, type: 9, shape: [2, 2], values: [1, 2, 3, 4] },
    c: {
      kind: 'cell',
      shape: [1, 2],
      items: [
        { kind: 'numeric', matlabClass: 9, type: 2, shape: [1, 3], values: [7, 8, 9] },
        { kind: 'char', shape: [2, 2], text: 'abcd', type: 4 },
      ],
    },
    s: {
      kind: 'sparse',
      rows: 3,
      columns: 2,
      rowIndices: [0, 2, 1],
      columnOffsets: [0, 2, 3],
      values: [1, 2, 3],
    },
    t: {
      kind: 'struct',
      fields: { a: { kind: 'empty' }, b: { kind: 'char', shape: [1, 2], text: 'hi', type: 16 } },
    },
  } as const;
  const matrices = [
    ['x', { shape: [2, 3], values: [1, 2, 3, 4, 5, 6], format: 'i2' }],
    ['t', { shape: [1, 2], values: [104, 105], kind: 1 }],
    ['s', { shape: [3, 3], values: [3, 1, 3, 1, 2, 4, 5, 6, 0], kind: 2 }],
  ] as const;
  // Two records: a whole number and two letters of four bytes.
  const records = Uint8Array.from({ length: 20 }, (_, i) => (i % 10 === 2 || i % 10 === 6 ? 65 : 0));
  const integers = (...values: number[]) =>
    writeNpy({ shape: [values.length], values: Int32Array.from(values) });
  const sparseMembers = {
    'format.npy': npyFile(1, "'|S3'", false, '', Uint8Array.of(99, 115, 99)),
    'shape.npy': integers(3, 2),
    'indices.npy': integers(0, 2, 1),
    'indptr.npy': integers(0, 2, 3),
    'data.npy': writeNpy({ shape: [3], values: Float32Array.of(1, 2, 3) }),
  };
  return new Map([
    ['plain.mat', writeMat5(variables)],
    ['big.mat', writeMat5(variables, { littleEndian: false })],
    ['old.mat', writeMat4(matrices, true)],
    ['old-big.mat', writeMat4(matrices, false)],
    ['packed.mat', writeMat5(variables, { compressed: true })],
    ['a.npy', npy],
    ['a.npz', writeNpz({ a: { shape: [3], values: Int32Array.of(1, 2, 3) } })],
    ['records.npy', npyFile(1, "[('x', '<i2'), ('y', '<U1', (2,))]", false, '2,', records)],
    ['sparse.npz', zipSync(sparseMembers)],
    ['b.npz', writeNpz({ a: { shape: [300], values: new Float32Array(300) } }, { compress: true })],
    ['a.csv', new TextEncoder().encode('x,y,kind\n1,2,"a b"\n3,4e1,c\n')],
    ['a.tsv', new TextEncoder().encode('1\t2\n3\t4\n')],
    ['a-idx2', idx(0x08, [2, 3], [1, 2, 3, 4, 5, 6])],
    ['a-idx2.gz', gzipSync(idx(0x08, [2, 3], [1, 2, 3, 4, 5, 6]))],
  ]);
}

/** An IDX file of bytes. */
export function idx(type: number, shape: readonly number[], bytes: readonly number[]): Uint8Array {
  const sizes = shape.flatMap((size) => [size >>> 24, (size >>> 16) & 255, (size >>> 8) & 255, size & 255]);
  return Uint8Array.from([0, 0, type, shape.length, ...sizes, ...bytes]);
}
