import { throwIfAborted, type DenseMatrix } from '@crossmodal/core';
import { readValues, tf, toTensor } from '@crossmodal/tensors';
import { yieldToEvents } from '@crossmodal/training';

/** Cosines that are computed at once. */
const BLOCK_SIZE = 4_000_000;

/** Nearest neighbours of each object; those of object i are `rows[i * count + r]`, nearest first, or -1 from where there are no more. */
export interface NeighbourLists {
  readonly count: number;
  readonly rows: Int32Array;
}

/**
 * The objects of largest cosine to each, without itself, block by block: memory does not grow with `n^2`.
 *
 * @param features - shape `[n, d]`
 * @param count - neighbours of each
 * @param present - 1 where the row is present; absent rows have no neighbours and are none
 */
export async function nearestNeighbours(
  features: DenseMatrix<Float32Array>,
  count: number,
  present?: Uint8Array,
  signal?: AbortSignal,
): Promise<NeighbourLists> {
  const { rows: n } = features;
  const lists = new Int32Array(n * count).fill(-1);
  const unit = tf.tidy(() => {
    const x = toTensor(features);
    // Rows of zeros stay zeros.
    return tf.div(x, tf.maximum(tf.sqrt(tf.sum(tf.square(x), 1, true)), 1e-12)) as tf.Tensor2D;
  });
  try {
    const block = Math.max(1, Math.min(n, Math.floor(BLOCK_SIZE / n)));
    for (let start = 0; start < n; start += block) {
      throwIfAborted(signal, 'dmim');
      const size = Math.min(block, n - start);
      const cosines = readValues(() =>
        tf.matMul(tf.slice(unit, [start, 0], [size, unit.shape[1]]), unit, false, true),
      );
      for (let r = 0; r < size; r++) {
        const i = start + r;
        if (present?.[i] === 0) continue;
        largest(cosines.subarray(r * n, (r + 1) * n), i, lists.subarray(i * count, (i + 1) * count), present);
      }
      await yieldToEvents();
    }
  } finally {
    unit.dispose();
  }
  return { count, rows: lists };
}

/** Fills a list with the columns of the largest values, but `self`, by insertion. */
function largest(values: Float32Array, self: number, list: Int32Array, present?: Uint8Array): void {
  let found = 0;
  let least = -Infinity;
  for (let j = 0; j < values.length; j++) {
    const value = values[j]!;
    if ((found === list.length && value <= least) || j === self || present?.[j] === 0) continue;
    if (found < list.length) found++;
    let at = found - 1;
    for (; at > 0 && values[list[at - 1]!]! < value; at--) list[at] = list[at - 1]!;
    list[at] = j;
    least = values[list[found - 1]!]!;
  }
}
