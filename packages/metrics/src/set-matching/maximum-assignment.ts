import { CrossmodalError } from '@crossmodal/core';

/** A one-to-one choice of columns for rows. */
export interface Assignment {
  /** Column of each row, or -1 for a row without one (only when there are more rows than columns), `[rows]`. */
  readonly columnOfRow: Int32Array;
  /** Sum of the chosen entries. */
  readonly total: number;
}

/**
 * Chooses min(rows, columns) entries of a matrix, at most one a row and one a column, with the largest sum
 * (rectangular assignment by shortest augmenting paths with dual potentials, O(min² · max)).
 * Exact for whole numbers below 2^53.
 *
 * @param values - row-major `[rows, columns]`, finite
 * @throws CrossmodalError `shape` when the length is not rows · columns; `value` when an entry is not finite.
 * @example
 * ```ts
 * maximumAssignment([4, 5, 1, 4], 2, 2).columnOfRow; // Int32Array [0, 1]
 * ```
 */
export function maximumAssignment(values: ArrayLike<number>, rows: number, columns: number): Assignment {
  if (values.length !== rows * columns) {
    throw new CrossmodalError({
      code: 'shape',
      where: 'maximumAssignment',
      expected: `${rows} x ${columns} = ${rows * columns} values`,
      received: `${values.length}`,
    });
  }
  for (let p = 0; p < values.length; p++) {
    if (!Number.isFinite(values[p])) {
      throw new CrossmodalError({
        code: 'value',
        where: 'maximumAssignment',
        expected: 'finite values',
        received: `${values[p]} at index ${p}`,
      });
    }
  }
  const columnOfRow = new Int32Array(rows).fill(-1);
  const tall = rows > columns;
  const ownerOf = tall
    ? shortestAugmentingPaths(columns, rows, (i, j) => -values[j * columns + i]!)
    : shortestAugmentingPaths(rows, columns, (i, j) => -values[i * columns + j]!);
  let total = 0;
  for (let wide = 0; wide < ownerOf.length; wide++) {
    const narrow = ownerOf[wide]!;
    if (narrow < 0) continue;
    const [row, column] = tall ? [wide, narrow] : [narrow, wide];
    columnOfRow[row] = column;
    total += values[row * columns + column]!;
  }
  return { columnOfRow, total };
}

/** Cheapest assignment of all `rows` to some of the `columns` (rows <= columns): the row of each column, or -1. */
function shortestAugmentingPaths(
  rows: number,
  columns: number,
  cost: (i: number, j: number) => number,
): Int32Array {
  const rowPotential = new Float64Array(rows);
  const columnPotential = new Float64Array(columns);
  const ownerOf = new Int32Array(columns).fill(-1);
  const distance = new Float64Array(columns);
  const previous = new Int32Array(columns);
  const done = new Uint8Array(columns);
  for (let start = 0; start < rows; start++) {
    distance.fill(Infinity);
    previous.fill(-1);
    done.fill(0);
    let row = start;
    let column = -1;
    do {
      let step = Infinity;
      let next = -1;
      for (let j = 0; j < columns; j++) {
        if (done[j] === 1) continue;
        const reduced = cost(row, j) - rowPotential[row]! - columnPotential[j]!;
        if (reduced < distance[j]!) {
          distance[j] = reduced;
          previous[j] = column;
        }
        if (distance[j]! < step) {
          step = distance[j]!;
          next = j;
        }
      }
      rowPotential[start]! += step;
      for (let j = 0; j < columns; j++) {
        if (done[j] === 1) {
          rowPotential[ownerOf[j]!]! += step;
          columnPotential[j]! -= step;
        } else {
          distance[j]! -= step;
        }
      }
      column = next;
      done[column] = 1;
      row = ownerOf[column]!;
    } while (row >= 0);
    while (column >= 0) {
      const before = previous[column]!;
      ownerOf[column] = before >= 0 ? ownerOf[before]! : start;
      column = before;
    }
  }
  return ownerOf;
}
