/** The places of few features once more, in plain loops, from the formulas of docs/methods/exact.md. */
import { dot, eigenpairs, table, unit, type Rows } from './plain-algebra.js';

const apart = (a: readonly number[], b: readonly number[]) =>
  a.reduce((sum, x, j) => sum + (x - b[j]!) ** 2, 0);

/** Differences of rows that are among each other's nearest. */
function differences(rows: Rows): Rows {
  const count = Math.min(20, Math.ceil(rows.length / 8), rows.length - 1);
  const nearest = rows.map((row, i) => {
    const others = rows.map((_, j) => j).filter((j) => j !== i);
    return new Set(others.toSorted((a, b) => apart(row, rows[a]!) - apart(row, rows[b]!)).slice(0, count));
  });
  return rows.flatMap((row, i) =>
    rows.flatMap((other, j) =>
      j > i && nearest[i]!.has(j) && nearest[j]!.has(i) ? [row.map((x, a) => x - other[a]!)] : [],
    ),
  );
}

/** One round of whitening by these differences; the columns of the result are turned at will. */
function round(rows: Rows): (row: readonly number[]) => readonly number[] {
  const pairs = differences(rows);
  const d = rows[0]!.length;
  const covariance = table(
    d,
    d,
    (a, b) => pairs.reduce((sum, pair) => sum + pair[a]! * pair[b]!, 0) / pairs.length,
  );
  const mean = covariance.reduce((sum, row, a) => sum + row[a]! / d, 0);
  const { values, vectors } = eigenpairs(covariance);
  return (row) =>
    vectors.map((u, e) => dot(row, u) / Math.sqrt(values[e]! + (0.01 + d / pairs.length) * mean));
}

/** `(z, 4) / |(z, 4)|` of rows whitened by the known ones. */
export function onSphere(known: Rows): (row: readonly number[]) => readonly number[] {
  const means = known[0]!.map((_, j) => known.reduce((sum, row) => sum + row[j]!, 0) / known.length);
  const deviations = means.map((mean, j) =>
    Math.sqrt(known.reduce((sum, row) => sum + (row[j]! - mean) ** 2, 0) / known.length),
  );
  const standard = (row: readonly number[]) => row.map((x, j) => (x - means[j]!) / deviations[j]!);
  const first = round(known.map(standard));
  const second = round(known.map((row) => first(standard(row))));
  const whitened = (row: readonly number[]) => second(first(standard(row)));
  const square =
    known
      .map(whitened)
      .flat()
      .reduce((sum, x) => sum + x * x, 0) /
    (known.length * means.length);
  return (row) => unit([...whitened(row).map((x) => x / Math.sqrt(square)), 4]);
}
