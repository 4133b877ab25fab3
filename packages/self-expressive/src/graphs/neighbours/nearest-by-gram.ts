import { StrongestOfRow } from '../../affinity/strongest-of-row.js';
import { packedDiagonal, type PackedHalf } from '../kernels/packed-half.js';

/** Rows at no distance count as this far apart, so that the scale of a row of many copies is not zero. */
export const SMALLEST_DISTANCE = 1e-9;

/** The nearest rows of each row. */
export interface NearestRows {
  /** Most neighbours of a row. */
  readonly count: number;
  /** Row numbers, nearest first, row-major `[m, count]`; -1 from where there are no more. */
  readonly columns: Int32Array;
  /** Squared distances, likewise; 0 from where there are no more. */
  readonly distances: Float64Array;
}

/** The first `count` of the nearest rows of each. */
export function fewerNearest({ count: all, columns, distances }: NearestRows, count: number): NearestRows {
  if (count >= all) return { count: all, columns, distances };
  const rows = columns.length / all;
  const fewer = {
    count,
    columns: new Int32Array(rows * count),
    distances: new Float64Array(rows * count),
  };
  for (let i = 0; i < rows; i++) {
    fewer.columns.set(columns.subarray(i * all, i * all + count), i * count);
    fewer.distances.set(distances.subarray(i * all, i * all + count), i * count);
  }
  return fewer;
}

/** Squared distance from products, never zero. */
export function squaredDistanceOf(squareI: number, squareJ: number, product: number): number {
  return Math.max(squareI + squareJ - 2 * product, SMALLEST_DISTANCE);
}

/**
 * The nearest rows of each row by its Gram matrix, itself left out; equally near ones go to the smaller number.
 *
 * @param usable - 1 for rows that may have and be neighbours, length `n`
 */
export function nearestByGram(
  gram: PackedHalf,
  usable: Uint8Array,
  { count }: { readonly count: number },
): NearestRows {
  const n = usable.length;
  const nearest = new NearestBuilder(n, Math.max(0, Math.min(count, n - 1)));
  const squares = Float64Array.from({ length: n }, (_, i) => gram[packedDiagonal(n, i)]!);
  for (let i = 0; i < n; i++) {
    if (usable[i] === 0) continue;
    const start = packedDiagonal(n, i) - i;
    // Rows meet their neighbours in ascending order: the smaller ones when these are visited, then the larger ones.
    for (let j = i + 1; j < n; j++) {
      if (usable[j] === 0) continue;
      const distance = squaredDistanceOf(squares[i]!, squares[j]!, gram[start + j]!);
      nearest.offer(i, j, distance);
      nearest.offer(j, i, distance);
    }
  }
  return nearest.build();
}

/** Collects the nearest rows of many rows at once. */
export class NearestBuilder {
  readonly #rows: readonly StrongestOfRow[];
  readonly #count: number;

  constructor(rows: number, count: number) {
    this.#rows = Array.from({ length: rows }, () => new StrongestOfRow(count));
    this.#count = count;
  }

  /** Offers row `column` as a neighbour; columns must come in ascending order for each row. */
  offer(row: number, column: number, distance: number): void {
    if (this.#count > 0) this.#rows[row]!.offer(column, 1 / distance);
  }

  /** What was picked. */
  build(): NearestRows {
    const count = this.#count;
    const columns = new Int32Array(this.#rows.length * count).fill(-1);
    const distances = new Float64Array(columns.length);
    this.#rows.forEach((picked, i) => {
      for (let p = 0; p < picked.count; p++) {
        columns[i * count + p] = picked.columns[p]!;
        distances[i * count + p] = 1 / picked.sizes[p]!;
      }
    });
    return { count, columns, distances };
  }
}
