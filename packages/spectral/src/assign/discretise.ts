import {
  checkPermutation,
  CrossmodalError,
  denseMatrix,
  throwIfAborted,
  type DenseMatrix,
  type RandomSource,
} from '@crossmodal/core';
import { checkFinite, polarFactor } from '@crossmodal/linalg';
import { normaliseRows } from '../embedding/normalise-rows.js';

/** Options of {@link discretise}. */
export interface DiscretiseOptions {
  /** Draws the row that the first axis of the rotation starts from. */
  readonly random: RandomSource;
  /**
   * Rotations at most.
   *
   * @defaultValue 30
   */
  readonly maxIterations?: number;
  /**
   * Rows in the order in which one is drawn, a permutation of `0..n-1`.
   *
   * @defaultValue 0..n-1
   */
  readonly rowOrder?: ArrayLike<number>;
  /** Stops the search between iterations. */
  readonly signal?: AbortSignal;
}

/**
 * Labels from k eigenvectors by the nearest partition matrix: alternates between the labels argmax_j (X R)_ij and the
 * orthogonal R that brings the rows X closest to them, until the normalised cut 2(n − tr Σ) stops changing.
 *
 * @param eigenvectors - `[n, k]`, as many columns as clusters
 * @returns labels in `0..k-1`, `[n]`
 * @throws CrossmodalError `shape` when empty; `value` on NaN or infinite entries; `aborted` on the signal.
 * @see Yu and Shi, Multiclass spectral clustering, 2003
 * @example
 * ```ts
 * const embedding = fromRows([[1, 0], [1, 0.1], [0, 1]]);
 * const labels = discretise(embedding, { random: randomSource(1) });
 * ```
 */
export function discretise(eigenvectors: DenseMatrix, options: DiscretiseOptions): Int32Array {
  const where = 'discretise';
  const { random, maxIterations = 30, rowOrder, signal } = options;
  const { rows: n, columns: k } = eigenvectors;
  if (n === 0 || k === 0) {
    throw new CrossmodalError({
      code: 'shape',
      where,
      expected: 'at least one row and one column',
      received: `[${n}, ${k}]`,
    });
  }
  checkFinite(where, eigenvectors.values);
  if (rowOrder !== undefined) checkPermutation(where, 'rowOrder', rowOrder, n);
  const x = normaliseRows(equalColumnNorms(eigenvectors)).values;
  const drawn = random.fork('discretise').integer(n);
  let rotation = firstRotation(x, n, k, rowOrder === undefined ? drawn : rowOrder[drawn]!);
  const labels = new Int32Array(n);
  let lastCut = Infinity;
  for (let iteration = 0; iteration < maxIterations; iteration++) {
    throwIfAborted(signal, where);
    label(x, n, k, rotation, labels);
    // Rows of G are the sums of the rows of X in each cluster; the best rotation is the polar factor of Gᵀ.
    const sums = new Float64Array(k * k);
    for (let i = 0; i < n; i++) for (let j = 0; j < k; j++) sums[j * k + labels[i]!]! += x[i * k + j]!;
    const { factor, nuclearNorm } = polarFactor(denseMatrix(sums, k, k));
    const cut = 2 * (n - nuclearNorm);
    // The cut is a difference of numbers of size n.
    if (Math.abs(cut - lastCut) <= 1e-13 * n) break;
    lastCut = cut;
    rotation = factor.values;
  }
  return labels;
}

function equalColumnNorms({ values, rows, columns }: DenseMatrix): DenseMatrix {
  const norms = new Float64Array(columns);
  for (let p = 0; p < values.length; p++) norms[p % columns]! += values[p]! ** 2;
  return denseMatrix(
    Float64Array.from(values, (value, p) =>
      norms[p % columns] === 0 ? 0 : value / Math.sqrt(norms[p % columns]!),
    ),
    rows,
    columns,
  );
}

/** Axes from k rows that are as orthogonal as can be: each next one is least like those before. Axes are the columns. */
function firstRotation(x: Float64Array, n: number, k: number, start: number): Float64Array {
  const rotation = new Float64Array(k * k);
  const likeness = new Float64Array(n);
  let row = start;
  for (let axis = 0; axis < k; axis++) {
    for (let j = 0; j < k; j++) rotation[j * k + axis] = x[row * k + j]!;
    let least = -1;
    for (let i = 0; i < n; i++) {
      let dot = 0;
      let squares = 0;
      for (let j = 0; j < k; j++) {
        dot += x[i * k + j]! * rotation[j * k + axis]!;
        squares += x[i * k + j]! ** 2;
      }
      // A zero row is unlike everything, and no axis.
      likeness[i]! += squares === 0 ? Infinity : Math.abs(dot);
      if (least < 0 || likeness[i]! < likeness[least]!) least = i;
    }
    row = least;
  }
  return rotation;
}

function label(x: Float64Array, n: number, k: number, rotation: Float64Array, labels: Int32Array): void {
  for (let i = 0; i < n; i++) {
    let largest = -Infinity;
    for (let axis = 0; axis < k; axis++) {
      let sum = 0;
      for (let j = 0; j < k; j++) sum += x[i * k + j]! * rotation[j * k + axis]!;
      if (sum > largest) {
        largest = sum;
        labels[i] = axis;
      }
    }
  }
}
