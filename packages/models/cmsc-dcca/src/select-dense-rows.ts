import { denseMatrix, type DenseMatrix } from '@crossmodal/core';

/** The rows whose flag is not 0, in order; all of them without flags. */
export function selectDenseRows(
  matrix: DenseMatrix<Float32Array>,
  present: Uint8Array | undefined,
): DenseMatrix<Float32Array> {
  if (present === undefined) return matrix;
  const { columns, values } = matrix;
  const kept = present.reduce((count, flag) => count + (flag === 0 ? 0 : 1), 0);
  const selected = new Float32Array(kept * columns);
  let next = 0;
  present.forEach((flag, i) => {
    if (flag !== 0) selected.set(values.subarray(i * columns, (i + 1) * columns), columns * next++);
  });
  return denseMatrix(selected, kept, columns);
}
