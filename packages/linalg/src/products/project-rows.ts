import { CrossmodalError, type DenseMatrix, type FloatArray } from '@crossmodal/core';
import { TILE, tileKernel, type TileKernel } from './tile-kernel.js';

/** What {@link projectRows} multiplies by. */
export interface Projection {
  /** Taken off each row before, length `d`. */
  readonly means: FloatArray;
  /** Directions, row by row, `count × d` numbers. */
  readonly directions: FloatArray;
  /** Rows that count, 1 each, length `n`; others give zeros. @defaultValue all */
  readonly present?: Uint8Array | undefined;
}

/**
 * Coordinates of rows along given directions, `y_i = A (x_i - mean)`, in 8-byte numbers and rounded to 4 bytes once.
 *
 * @param features - shape `[n, d]`
 * @returns shape `[n, count]`
 * @throws CrossmodalError `shape` when means, directions or flags do not fit the features.
 * @example
 * ```ts
 * const projection = { means: Float64Array.of(1, 1), directions: Float64Array.of(1, 1) };
 * projectRows(fromRows([[1, 1], [3, 2]]), projection).values; // 0, 3
 * ```
 */
export function projectRows(features: DenseMatrix, projection: Projection): DenseMatrix<Float32Array> {
  checkProjection(features, projection);
  const { means, directions, present } = projection;
  const { rows: n, columns: d } = features;
  const count = d === 0 ? 0 : directions.length / d;
  const values = new Float32Array(n * count);
  if (n === 0 || count === 0) return { kind: 'dense', rows: n, columns: count, values };
  const bPanels = Math.ceil(count / TILE);
  const kernel = tileKernel({ rows: d, aPanels: 1, bPanels });
  for (let k = 0; k < count; k++) {
    const at = Math.floor(k / TILE) * TILE * d + (k % TILE);
    for (let j = 0; j < d; j++) kernel.b[at + TILE * j] = directions[k * d + j]!;
  }
  const numbers = present === undefined ? undefined : countedRows(present);
  const counted = numbers?.length ?? n;
  for (let first = 0; first < counted; first += TILE) {
    const rows = Array.from(
      { length: Math.min(TILE, counted - first) },
      (_, r) => numbers?.[first + r] ?? first + r,
    );
    packRows(features, rows, means, kernel);
    kernel.run(0, bPanels);
    rows.forEach((row, r) => {
      for (let k = 0; k < count; k++)
        values[row * count + k] = kernel.tiles[(Math.floor(k / TILE) * TILE + r) * TILE + (k % TILE)]!;
    });
  }
  return { kind: 'dense', rows: n, columns: count, values };
}

/** Rows side by side as one panel, centred; a row that is not there stays what it was, and its products are not read. */
function packRows(
  { columns: d, values }: DenseMatrix,
  rows: readonly number[],
  means: FloatArray,
  { a }: TileKernel,
): void {
  rows.forEach((row, r) => {
    for (let j = 0, from = row * d; j < d; j++) a[TILE * j + r] = values[from + j]! - means[j]!;
  });
}

function countedRows(present: Uint8Array): number[] {
  const rows: number[] = [];
  present.forEach((flag, row) => {
    if (flag !== 0) rows.push(row);
  });
  return rows;
}

function checkProjection(
  { rows: n, columns: d }: DenseMatrix,
  { means, directions, present }: Projection,
): void {
  const fits =
    means.length === d &&
    (d === 0 ? directions.length === 0 : directions.length % d === 0) &&
    (present === undefined || present.length === n);
  if (fits) return;
  throw new CrossmodalError({
    code: 'shape',
    where: 'projectRows',
    expected: `${d} means, directions of ${d} numbers each, and flags for ${n} rows`,
    received: `${means.length} means, ${directions.length} numbers, ${present?.length ?? 'no'} flags`,
  });
}
