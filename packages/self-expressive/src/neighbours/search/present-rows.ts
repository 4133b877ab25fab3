import { CrossmodalError, denseMatrix, gatherRows, type DenseMatrix } from '@crossmodal/core';
import { checkFinite } from '@crossmodal/linalg';

/** Rows, of which some may be absent. */
export interface SomeRows {
  readonly points: DenseMatrix;
  readonly present?: Uint8Array | undefined;
}

/** Rows that are present, of single precision, and their numbers; undefined when all are. */
export interface PresentRows {
  readonly rows: DenseMatrix<Float32Array>;
  readonly numbers?: Int32Array | undefined;
}

/**
 * Leaves out absent rows.
 *
 * @param option - name of the flags, for errors
 * @throws CrossmodalError `shape` when there is not one flag per row; `value` when a row that is present is not finite.
 */
export function presentRows(where: string, option: string, { points, present }: SomeRows): PresentRows {
  const { rows: n } = points;
  if (present !== undefined && present.length !== n) {
    throw new CrossmodalError({
      code: 'shape',
      where: `${where} option '${option}'`,
      expected: `${n} flags, one per row`,
      received: String(present.length),
    });
  }
  const numbers = present && Int32Array.from(present.keys()).filter((i) => present[i] !== 0);
  const { rows, columns, values } = numbers === undefined ? points : gatherRows(points, numbers);
  checkFinite(where, values);
  const single = values instanceof Float32Array ? values : Float32Array.from(values);
  return { rows: denseMatrix(single, rows, columns), numbers };
}
