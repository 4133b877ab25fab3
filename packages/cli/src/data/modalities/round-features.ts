import { CrossmodalError, denseMatrix, type DenseMatrix } from '@crossmodal/core';
import { listed, type Warning } from '../../warnings.js';

/** Share of a column's range that rounding may move a value by before it is told. */
const NOTABLE = 1e-3;

/**
 * Checks that values are finite, before any scaling.
 *
 * @param present - 1 where the row is present
 * @param start - number of the first row, for those of a block
 * @throws CrossmodalError `value` naming the first that is not, with the cure that fits.
 */
export function checkValues(
  where: string,
  features: DenseMatrix,
  present: Uint8Array | undefined,
  start = 0,
): void {
  const { columns, values } = features;
  const bad = values.findIndex(
    (value, p) => !Number.isFinite(value) && present?.[Math.floor(p / columns)] !== 0,
  );
  if (bad < 0) return;
  const row = Math.floor(bad / columns);
  const isWhole = values.subarray(row * columns, (row + 1) * columns).every(Number.isNaN);
  throw new CrossmodalError({
    code: 'value',
    where,
    expected: 'finite values',
    received: `${values[bad]} at row ${start + row}, column ${bad % columns}`,
    advice: isWhole
      ? 'If rows that are NaN throughout are objects without this modality, add absent=nan.'
      : 'Fill in single values that are missing; absent=nan is for rows that are NaN throughout.',
  });
}

/** Rounds features to single precision, in which methods work, and tells where that loses what sets the rows apart. */
export function roundFeatures(
  name: string,
  features: DenseMatrix,
  present: Uint8Array | undefined,
): { readonly features: DenseMatrix<Float32Array>; readonly warnings: readonly Warning[] } {
  const { rows, columns, values } = features;
  if (values instanceof Float32Array) return { features: denseMatrix(values, rows, columns), warnings: [] };
  const lost: string[] = [];
  for (let j = 0; j < columns; j++) {
    let [least, most, error] = [Infinity, -Infinity, 0];
    for (let i = 0; i < rows; i++) {
      if (present?.[i] === 0) continue;
      const value = values[i * columns + j]!;
      least = Math.min(least, value);
      most = Math.max(most, value);
      error = Math.max(error, Math.abs(value - Math.fround(value)));
    }
    if (most > least && error > NOTABLE * (most - least)) lost.push(String(j));
  }
  const rounded = denseMatrix(Float32Array.from(values), rows, columns);
  const beyond = rounded.values.findIndex(
    (value, p) => !Number.isFinite(value) && Number.isFinite(values[p]!),
  );
  if (beyond >= 0) {
    throw new CrossmodalError({
      code: 'value',
      where: `modality '${name}'`,
      expected: 'values that single precision holds, up to 3.4e38',
      received: `${values[beyond]} at row ${Math.floor(beyond / columns)}, column ${beyond % columns}`,
      advice: 'scale=standard scales them first.',
    });
  }
  if (lost.length === 0) return { features: rounded, warnings: [] };
  const message =
    `the values of modality '${name}' differ by less than single precision keeps (column ${listed(lost)}, counted from 0); ` +
    'scale=standard scales them before they are rounded.';
  return { features: rounded, warnings: [{ code: 'precision', message }] };
}
