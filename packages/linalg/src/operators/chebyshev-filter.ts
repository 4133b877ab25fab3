import type { Interval, SymmetricOperator } from './symmetric-operator.js';

/** What is filtered, and how strongly. */
export interface FilterOptions extends Interval {
  /** Number of vectors. */
  readonly count: number;
  /** Degree of the polynomial, at least 1. */
  readonly degree: number;
}

/**
 * Replaces vectors x_c by T_m((2 M − (a + b) I) / (b − a)) x_c, with T_m the Chebyshev polynomial of degree m: eigenvectors with eigenvalues in `[a, b]` shrink beside
 * those above, whose parts grow by cosh(m arcosh(1 + 2 (w − b) / (b − a))).
 *
 * @param vectors - one after the other, `[count, n]`
 * @example
 * ```ts
 * const operator = operatorOf(fromRows([[3, 0], [0, 0.5]]));
 * const vectors = Float64Array.of(1, 1);
 * chebyshevFilter(operator, vectors, { count: 1, degree: 2, lower: 0, upper: 1 });
 * console.log(vectors); // 49, -1
 * ```
 */
export function chebyshevFilter(
  operator: SymmetricOperator,
  vectors: Float64Array,
  { count, degree, lower, upper }: FilterOptions,
): void {
  if (operator.filter !== undefined) {
    operator.filter(vectors, count, degree, { lower, upper });
    return;
  }
  const n = operator.size;
  const radius = (upper - lower) / 2;
  const centre = (upper + lower) / 2;
  const image = new Float64Array(n);
  for (let c = 0; c < count; c++) {
    const own = vectors.subarray(c * n, c * n + n);
    let before = own.slice();
    let now = new Float64Array(n);
    operator.multiply(before, now, 1);
    for (let i = 0; i < n; i++) now[i] = (now[i]! - centre * before[i]!) / radius;
    for (let k = 1; k < degree; k++) {
      operator.multiply(now, image, 1);
      for (let i = 0; i < n; i++) before[i] = (2 * (image[i]! - centre * now[i]!)) / radius - before[i]!;
      [before, now] = [now, before];
    }
    own.set(now);
  }
}
