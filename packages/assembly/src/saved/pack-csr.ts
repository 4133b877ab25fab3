import { csrMatrix, type CsrMatrix } from '@crossmodal/core';
import { damagedModel, type ModelArrays, type WritableArray } from '@crossmodal/io';

/** A sparse matrix as arrays `name-offsets`, `name-columns`, `name-values`. */
export function packCsr(name: string, matrix: CsrMatrix): Record<string, WritableArray> {
  const { rowOffsets, columnIndices, values } = matrix;
  return {
    [`${name}-offsets`]: { shape: [rowOffsets.length], values: rowOffsets },
    [`${name}-columns`]: { shape: [columnIndices.length], values: columnIndices },
    [`${name}-values`]: { shape: [values.length], values },
  };
}

/**
 * Puts together what {@link packCsr} split, as shape `[rows, columns]`.
 *
 * @param where - the public function that loads, for the error
 * @throws CrossmodalError `format` when an array is missing or they are no sparse matrix.
 */
export function unpackCsr(
  where: string,
  name: string,
  [rows, columns]: readonly [rows: number, columns: number],
  arrays: ModelArrays,
): CsrMatrix<Float32Array> {
  const offsets = Int32Array.from(arrays.vector(`${name}-offsets`));
  const indices = Int32Array.from(arrays.vector(`${name}-columns`));
  const values = Float32Array.from(arrays.vector(`${name}-values`));
  try {
    return csrMatrix(rows, columns, offsets, indices, values);
  } catch (error) {
    throw damagedModel(where, name, `no sparse matrix (${(error as Error).message})`);
  }
}
