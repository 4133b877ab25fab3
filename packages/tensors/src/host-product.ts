import { readValues } from './read-values.js';
import { tf } from './tf.js';

/** Row-major float32 values of a block, shape `[rows, columns]`. */
export interface HostBlock {
  readonly rows: number;
  readonly columns: number;
  readonly values: Float32Array;
}

/**
 * Product of two host blocks on the active backend: `A B`, with either side transposed when asked.
 *
 * The backends multiply one to two orders of magnitude faster than a loop here, while slicing and scaling of
 * row-major values are faster in place; so blocked algorithms keep their blocks here and only multiply there.
 */
export function hostProduct(a: HostBlock, b: HostBlock, transposeA = false, transposeB = false): HostBlock {
  const rows = transposeA ? a.columns : a.rows;
  const columns = transposeB ? b.rows : b.columns;
  const values = readValues(() => {
    const left = tf.tensor2d(a.values, [a.rows, a.columns], 'float32');
    const right = tf.tensor2d(b.values, [b.rows, b.columns], 'float32');
    return tf.matMul(left, right, transposeA, transposeB);
  });
  return { rows, columns, values };
}
