import { CrossmodalError, type Matrix } from '@crossmodal/core';

/** @throws CrossmodalError `shape` unless the matrix is square and not empty. */
export function checkSquare(matrix: Matrix, where: string): void {
  if (matrix.rows !== matrix.columns || matrix.rows === 0) {
    throw new CrossmodalError({
      code: 'shape',
      where,
      expected: 'a square matrix of at least one row',
      received: `[${matrix.rows}, ${matrix.columns}]`,
    });
  }
}

/** @throws CrossmodalError `value` at the first entry that is NaN or infinite. */
export function checkFinite(matrix: Matrix, where: string): void {
  const { values } = matrix;
  for (let p = 0; p < values.length; p++) {
    // x - x is 0 for finite numbers alone, and cheaper than a call per entry.
    const value = values[p]!;
    if (value - value !== 0) {
      throw new CrossmodalError({
        code: 'value',
        where,
        expected: 'finite entries',
        received: `${value} at stored entry ${p}`,
      });
    }
  }
}

/** @throws CrossmodalError `option` unless the value is an integer in the range. */
export function checkInteger(
  value: number,
  minimum: number,
  maximum: number,
  name: string,
  where: string,
): void {
  if (!Number.isInteger(value) || value < minimum || value > maximum) {
    const range = maximum === Infinity ? `of at least ${minimum}` : `in ${minimum}..${maximum}`;
    throw new CrossmodalError({
      code: 'option',
      where: `${where} option '${name}'`,
      expected: `an integer ${range}`,
      received: String(value),
    });
  }
}

/** @throws CrossmodalError `option` unless the value is a finite number of at least the minimum. */
export function checkNumber(value: number, minimum: number, name: string, where: string): void {
  if (!Number.isFinite(value) || value < minimum) {
    throw new CrossmodalError({
      code: 'option',
      where: `${where} option '${name}'`,
      expected: `a finite number of at least ${minimum}`,
      received: String(value),
    });
  }
}

/** @throws CrossmodalError `option` unless the order holds each of `0..n-1` once. */
export function checkPermutation(order: ArrayLike<number>, n: number, where: string): void {
  const seen = new Uint8Array(n);
  for (let r = 0; r < order.length; r++) seen[order[r]!] = 1;
  if (order.length !== n || seen.includes(0)) {
    throw new CrossmodalError({
      code: 'option',
      where: `${where} option 'rowOrder'`,
      expected: `a permutation of 0..${n - 1}`,
      received: `${order.length} entries that are not one`,
    });
  }
}
