import type { DenseMatrix, FloatArray } from '@crossmodal/core';
import { PANEL, TILE, tileMemory, type TileMemory } from './tile-memory.js';

/** Options of {@link projectRows}. */
export interface ProjectRowsOptions {
  /** Rows that are projected; the others stay as they are in the target. */
  readonly rows: Int32Array;
  /** What is subtracted from each row, length `d`. */
  readonly means: FloatArray;
  /** Axes, `[count, d]`, row-major. */
  readonly axes: FloatArray;
  /** Number of axes. */
  readonly count: number;
  /** Where scores go, `[n, count]`. */
  readonly target: FloatArray;
}

/** Rows, axes and columns that are multiplied at a time: their panels stay in the cache. */
const [ROWS, AXES, COLUMNS] = [64, 64, 512];

const X_START = AXES * COLUMNS;
const TILES = X_START + ROWS * COLUMNS;

let room: TileMemory | undefined;

/**
 * Projects rows onto axes, `y_ik = a_k . (x_i - m)`; sums run in 64 bits from the first column to the last, and are rounded to 32 bits
 * where the target has these.
 *
 * @param features - X, shape `[n, d]`
 * @example
 * ```ts
 * const target = new Float32Array(2);
 * const [means, axes] = [Float64Array.of(1, 1), Float64Array.of(1, 2)];
 * projectRows(fromRows([[1, 2], [3, 3]]), { rows: Int32Array.of(0, 1), means, axes, count: 1, target });
 * console.log(target); // 2, 6
 * ```
 */
export function projectRows(features: DenseMatrix, options: ProjectRowsOptions): void {
  const { rows, count } = options;
  const { numbers, multiply } = (room ??= tileMemory(TILES + ROWS * AXES));
  const d = features.columns;
  for (let first = 0; first < rows.length; first += ROWS) {
    const some = rows.subarray(first, first + ROWS);
    for (let k = 0; k < count; k += AXES) {
      const width = Math.min(AXES, count - k);
      const panels = Math.ceil(width / PANEL);
      numbers.fill(0, TILES, TILES + ROWS * AXES);
      for (let j = 0; j < d; j += COLUMNS) {
        const columns = Math.min(COLUMNS, d - j);
        const length = columns * PANEL;
        fillRows(numbers, features, { rows: some, means: options.means, j, columns });
        // Axes that fit as a whole stay where they are.
        if (first === 0 || count > AXES || d > COLUMNS)
          fillAxes(numbers, options.axes, { d, k, width, j, columns });
        for (let a = 0; a * PANEL < some.length; a++) {
          multiply({
            x: X_START + a * length,
            y: 0,
            end: panels * length,
            tile: TILES + a * panels * TILE,
            length,
          });
        }
      }
      readTiles(numbers, some, options, k, width);
    }
  }
}

/** Columns that are multiplied at a time. */
interface Chunk {
  /** The first of them. */
  readonly j: number;
  readonly columns: number;
}

/** Writes columns of rows less the means to their panels. */
function fillRows(
  numbers: Float64Array,
  { columns: d, values }: DenseMatrix,
  { rows, means, j, columns }: Chunk & Pick<ProjectRowsOptions, 'rows' | 'means'>,
): void {
  rows.forEach((i, r) => {
    const place = X_START + Math.floor(r / PANEL) * columns * PANEL + (r % PANEL);
    for (let c = 0; c < columns; c++) numbers[place + c * PANEL] = values[i * d + j + c]! - means[j + c]!;
  });
}

/** Writes columns of axes, from axis k on, to their panels. */
function fillAxes(
  numbers: Float64Array,
  axes: FloatArray,
  { d, k, width, j, columns }: Chunk & { readonly d: number; readonly k: number; readonly width: number },
): void {
  for (let t = 0; t < width; t++) {
    const place = Math.floor(t / PANEL) * columns * PANEL + (t % PANEL);
    for (let c = 0; c < columns; c++) numbers[place + c * PANEL] = axes[(k + t) * d + j + c]!;
  }
}

/** Writes the scores of rows on the axes from k on. */
function readTiles(
  numbers: Float64Array,
  some: Int32Array,
  { count, target }: ProjectRowsOptions,
  k: number,
  width: number,
): void {
  const panels = Math.ceil(width / PANEL);
  some.forEach((i, r) => {
    const tiles = TILES + Math.floor(r / PANEL) * panels * TILE + (r % PANEL) * PANEL;
    for (let t = 0; t < width; t++)
      target[i * count + k + t] = numbers[tiles + Math.floor(t / PANEL) * TILE + (t % PANEL)]!;
  });
}
