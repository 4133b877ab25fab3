import { CrossmodalError, type DenseMatrix, type Modality, type Paired } from '@crossmodal/core';

/**
 * Keeps the rows of the given numbers, in that order, of one modality or of every modality of paired data.
 *
 * @param indices - row numbers from 0; repeats are allowed
 * @throws CrossmodalError `value` when a number lies outside the rows.
 */
export function selectRows<T extends Modality | Paired>(data: T, indices: ArrayLike<number>): T;
export function selectRows(data: Modality | Paired, indices: ArrayLike<number>): Modality | Paired {
  if (data.kind === 'paired') {
    const modalities = data.modalities.map((modality) => selectRows(modality, indices));
    return { ...data, n: indices.length, modalities };
  }
  const features = gatherRows(data.features, indices);
  if (!data.present) return { ...data, features };
  return { ...data, features, present: Uint8Array.from(indices, (i) => data.present![i]!) };
}

function gatherRows(
  matrix: DenseMatrix<Float32Array>,
  indices: ArrayLike<number>,
): DenseMatrix<Float32Array> {
  const { columns, values } = matrix;
  const result = new Float32Array(indices.length * columns);
  for (let k = 0; k < indices.length; k++) {
    const i = indices[k]!;
    if (!Number.isInteger(i) || i < 0 || i >= matrix.rows) {
      throw new CrossmodalError({
        code: 'value',
        where: 'selectRows',
        expected: `row numbers in 0..${matrix.rows - 1}`,
        received: `${i} at ${k}`,
      });
    }
    result.set(values.subarray(i * columns, (i + 1) * columns), k * columns);
  }
  return { kind: 'dense', rows: indices.length, columns, values: result };
}
