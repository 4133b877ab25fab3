import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import { maximumAssignment } from './maximum-assignment.js';

const matrix = fc
  .tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 6 }))
  .chain(([rows, columns]) =>
    fc.record({
      rows: fc.constant(rows),
      columns: fc.constant(columns),
      values: fc.array(fc.integer({ min: -20, max: 20 }), {
        minLength: rows * columns,
        maxLength: rows * columns,
      }),
    }),
  );

/** The best total by trying every choice. */
function exhaustive(values: readonly number[], rows: number, columns: number): number {
  const needed = Math.min(rows, columns);
  const search = (row: number, used: number, chosen: number): number => {
    if (chosen === needed) return 0;
    if (row === rows) return -Infinity;
    let best = search(row + 1, used, chosen);
    for (let j = 0; j < columns; j++) {
      if ((used >> j) & 1) continue;
      best = Math.max(best, values[row * columns + j]! + search(row + 1, used | (1 << j), chosen + 1));
    }
    return best;
  };
  return search(0, 0, 0);
}

test.prop([matrix])('no other choice has a larger sum', ({ rows, columns, values }) => {
  const { columnOfRow, total } = maximumAssignment(values, rows, columns);
  const chosen = [...columnOfRow].filter((column) => column >= 0);
  expect(chosen).toHaveLength(Math.min(rows, columns));
  expect(new Set(chosen).size).toBe(chosen.length);
  let sum = 0;
  columnOfRow.forEach((column, row) => (sum += column < 0 ? 0 : values[row * columns + column]!));
  expect(sum).toBe(total);
  expect(total).toBe(exhaustive(values, rows, columns));
});

test('no rows or no columns make an empty choice', () => {
  expect(maximumAssignment([], 0, 3)).toEqual({ columnOfRow: new Int32Array(0), total: 0 });
  expect(maximumAssignment([], 2, 0)).toEqual({ columnOfRow: Int32Array.of(-1, -1), total: 0 });
});

test('refuses another shape, and entries that are not finite', () => {
  expect(() => maximumAssignment([1, 2, 3], 2, 2)).toThrow(expect.objectContaining({ code: 'shape' }));
  expect(() => maximumAssignment([1, Number.NaN], 1, 2)).toThrow(expect.objectContaining({ code: 'value' }));
});
