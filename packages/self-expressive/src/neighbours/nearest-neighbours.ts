import {
  checkInteger,
  CrossmodalError,
  gatherRows,
  throwIfAborted,
  type DenseMatrix,
  yieldToEvents,
} from '@crossmodal/core';
import { compile, tf } from '@crossmodal/tensors';

/** What {@link nearestNeighbours} takes. */
export interface NearestNeighbourOptions {
  /** Neighbours of each row, 1 or more; no more than there are other rows are given. */
  readonly neighbours: number;
  /** Rows that are compared with all at once, which bounds memory at `block * n` values. @defaultValue 256 */
  readonly block?: number;
  /** 1 where the row is present; absent rows have no neighbours and are none. By default all are. */
  readonly present?: Uint8Array | undefined;
  /** Stops the search between blocks. */
  readonly signal?: AbortSignal | undefined;
}

/** The nearest rows of each row. */
export interface NearestNeighbours {
  /** Neighbours of each row, `min(neighbours, n - 1)`. */
  readonly count: number;
  /** Row numbers, nearest first, row-major, shape `[n, count]`; -1 from where there are no more, as with absent rows. */
  readonly indices: Int32Array;
}

/**
 * The rows of largest inner product with each row, itself left out: on rows of one length, the nearest ones. Exact, block by block, so memory
 * grows with n and not with its square.
 *
 * @param points - rows of one length, such as unit rows of several modalities side by side, shape `[n, d]`
 * @throws CrossmodalError `option` when `neighbours` or `block` is not a positive integer; `shape` when `present` has not one flag a row;
 * `aborted` when the signal fires.
 * @example
 * ```ts
 * import { fromRows } from '@crossmodal/core';
 * const points = fromRows([[1, 0], [0.8, 0.6], [0, 1]]);
 * const { indices } = await nearestNeighbours(points, { neighbours: 1 });
 * console.log(indices); // 1, 0, 1
 * ```
 */
export async function nearestNeighbours(
  points: DenseMatrix,
  { neighbours, block = 256, present, signal }: NearestNeighbourOptions,
): Promise<NearestNeighbours> {
  checkInteger('nearestNeighbours', 'neighbours', neighbours, { minimum: 1 });
  checkInteger('nearestNeighbours', 'block', block, { minimum: 1 });
  const { rows: n } = points;
  if (present === undefined) return search(points, { neighbours, block, signal });
  if (present.length !== n) {
    throw new CrossmodalError({
      code: 'shape',
      where: "nearestNeighbours option 'present'",
      expected: `${n} flags, one a row`,
      received: String(present.length),
    });
  }
  const rows = Int32Array.from(present.keys()).filter((i) => present[i] !== 0);
  const found = await search(gatherRows(points, rows), { neighbours, block, signal });
  const count = Math.max(0, Math.min(neighbours, n - 1));
  const indices = new Int32Array(n * count).fill(-1);
  rows.forEach((row, i) => {
    const own = found.indices.subarray(i * found.count, (i + 1) * found.count);
    own.forEach((j, r) => (indices[row * count + r] = rows[j]!));
  });
  return { count, indices };
}

/** Among rows that are all present. */
async function search(
  points: DenseMatrix,
  { neighbours, block, signal }: NearestNeighbourOptions & { readonly block: number },
): Promise<NearestNeighbours> {
  const { rows: n, columns: d } = points;
  const count = Math.min(neighbours, n - 1);
  if (count < 1) return { count: 0, indices: new Int32Array(0) };
  const values = points.values instanceof Float32Array ? points.values : Float32Array.from(points.values);
  const size = Math.min(block, n);
  const indices = new Int32Array(n * count);
  const all = tf.tensor2d(values.slice(), [n, d]);
  const step = compile(({ all: whole, part }) => {
    const nearest = tf.topk(tf.matMul(part!, whole!, false, true), count + 1, true);
    return { indices: tf.cast(nearest.indices, 'float32') };
  });
  try {
    for (let next = 0; next < n; next += size) {
      throwIfAborted(signal, 'nearestNeighbours');
      // The last block goes back to full size, so that all blocks share one compilation.
      const start = Math.min(next, n - size);
      const part = tf.tensor2d(values.slice(start * d, (start + size) * d), [size, d]);
      try {
        keepOthers((await step.run({ all, part }))['indices']!, start, count, indices);
      } finally {
        part.dispose();
      }
      await yieldToEvents();
    }
    return { count, indices };
  } finally {
    step.dispose();
    all.dispose();
  }
}

/** Copies each row's list without the row itself, or without the last one where it is not in it. */
function keepOthers(found: Float32Array, start: number, count: number, indices: Int32Array): void {
  for (let from = 0, row = start; from < found.length; from += count + 1, row++) {
    let to = row * count;
    for (let p = from; p <= from + count && to < (row + 1) * count; p++) {
      if (found[p] !== row) indices[to++] = found[p]!;
    }
  }
}
