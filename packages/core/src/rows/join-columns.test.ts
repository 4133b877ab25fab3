import { fc, test } from '@fast-check/vitest';
import { expect, test as plain } from 'vitest';
import { denseMatrix, fromRows } from '../matrix.js';
import { joinColumns } from './join-columns.js';

test.prop([fc.nat(6), fc.array(fc.nat(4), { minLength: 1, maxLength: 4 })])(
  'entries stay in their rows, one matrix after the other (n, columns)',
  (n, widths) => {
    let next = 0;
    const parts = widths.map((d) =>
      denseMatrix(
        Float32Array.from({ length: n * d }, () => next++),
        n,
        d,
      ),
    );
    const joined = joinColumns(parts);
    expect([joined.rows, joined.columns]).toEqual([n, widths.reduce((sum, d) => sum + d, 0)]);
    const rows = Array.from({ length: n }, (_, i) =>
      parts.flatMap(({ columns, values }) => [...values.subarray(i * columns, (i + 1) * columns)]),
    );
    expect([...joined.values]).toEqual(rows.flat());
  },
);

plain('no matrix, and matrices that differ in rows, are refused', () => {
  for (const parts of [[], [fromRows([[1]]), fromRows([[1], [2]])]])
    expect(() => joinColumns(parts)).toThrow(expect.objectContaining({ code: 'shape' }));
});
