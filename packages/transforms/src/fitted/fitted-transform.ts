import { CrossmodalError, type DenseMatrix, type FloatArray } from '@crossmodal/core';

/**
 * What a fitted transform learnt: numbers and flat arrays by name, so that a model can save it. Arrays have the precision of the features
 * that it was fitted on.
 */
export type TransformState = Readonly<Record<string, number | FloatArray>>;

/** A transform whose parameters were learnt from training rows; it maps new rows the same way, one by one. */
export interface FittedTransform {
  /** Name that {@link restoreTransform} knows, such as `sqc`. */
  readonly name: string;
  /** What was learnt; enough for {@link restoreTransform} to rebuild the same transform. */
  readonly state: TransformState;
  /** Whether column j of the result is still feature j, so that images stay images. */
  readonly keepsLayout: boolean;
  /**
   * Maps features `[n, d]` to `[n, q]`; row i of the result depends on row i alone. It is computed in doubles and rounded once.
   *
   * @param present - 1 where the row is present, length `n`; absent rows give zeros
   * @throws CrossmodalError `shape` when `d` is not the dimension the transform was fitted on.
   */
  apply(features: DenseMatrix, present?: Uint8Array): DenseMatrix<Float32Array>;
}

/** What every `fit…` function takes. */
export interface FitTransformOptions {
  /** 1 where the row is present, length `n`; absent rows take no part in the fit. */
  readonly present?: Uint8Array | undefined;
}

/** Refuses features or presence flags of the wrong size. */
export function checkSizes(
  where: string,
  features: DenseMatrix,
  columns: number,
  present?: Uint8Array,
): void {
  if (features.columns !== columns) {
    throw new CrossmodalError({
      code: 'shape',
      where,
      expected: `${columns} columns, as in the rows it was fitted on`,
      received: `${features.columns}`,
      advice: 'Give new rows the same features in the same order.',
    });
  }
  checkPresence(where, features, present);
}

/** Refuses presence flags whose length is not the number of rows. */
export function checkPresence(where: string, features: DenseMatrix, present?: Uint8Array): void {
  if (present && present.length !== features.rows) {
    throw new CrossmodalError({
      code: 'shape',
      where,
      expected: `${features.rows} presence flags`,
      received: `${present.length}`,
    });
  }
}

/** Numbers of the rows that are present, ascending; refuses to fit on none. */
export function presentRows(where: string, features: DenseMatrix, present?: Uint8Array): Int32Array {
  checkPresence(where, features, present);
  const rows: number[] = [];
  for (let i = 0; i < features.rows; i++) if (!present || present[i] !== 0) rows.push(i);
  if (rows.length === 0) {
    throw new CrossmodalError({
      code: 'shape',
      where,
      expected: 'one row that is present, at least',
      received: `${features.rows} rows, none present`,
    });
  }
  return Int32Array.from(rows);
}
