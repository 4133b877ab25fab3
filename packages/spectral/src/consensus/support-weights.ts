import { checkInteger, checkNumber, type DenseMatrix } from '@crossmodal/core';

/** Options of {@link supportWeights}. */
export interface SupportOptions {
  /** How many of the members that a member agrees with most count. @defaultValue 3 */
  readonly closest?: number;
  /** How much better supported members outweigh others; 0 weighs all alike. @defaultValue 8 */
  readonly power?: number;
}

/** Support and weight of each member of a consensus. */
export interface MemberSupport {
  /** Mean agreement with the members that agree most, 0 or more, `[members]`. */
  readonly support: Float64Array;
  /** Weights, in `[0, 1]`, of sum 1, `[members]`. */
  readonly weights: Float64Array;
}

/**
 * Weighs members of a consensus by the support they have from others: `u_g`, the mean of the `closest` largest agreements with other
 * members, at least 0, and `w_g` in proportion to `(u_g / max u)^power`. Where no member has support, all weigh the same.
 *
 * @param agreement - shape `[members, members]`, see {@link agreement}
 * @throws CrossmodalError `option` on an option out of range.
 * @example
 * ```ts
 * const { weights } = supportWeights(agreement([[[0, 0, 1, 1]], [[1, 1, 0, 0]], [[0, 1, 0, 1]]]), { closest: 1 });
 * console.log(weights); // 0.5, 0.5, 0
 * ```
 */
export function supportWeights(
  { rows: m, values }: DenseMatrix,
  { closest = 3, power = 8 }: SupportOptions = {},
): MemberSupport {
  checkInteger('supportWeights', 'closest', closest, { minimum: 1 });
  checkNumber('supportWeights', 'power', power, 0);
  const support = Float64Array.from({ length: m }, (_, g) => {
    const others = [...values.subarray(g * m, (g + 1) * m)].filter((__, h) => h !== g);
    const most = others.sort((a, b) => b - a).slice(0, closest);
    return most.length === 0 ? 0 : Math.max(0, most.reduce((sum, x) => sum + x, 0) / most.length);
  });
  const largest = support.reduce((a, b) => Math.max(a, b), 0);
  const raw = support.map((u) => (largest > 0 ? (u / largest) ** power : 1));
  const total = raw.reduce((sum, w) => sum + w, 0);
  return { support, weights: raw.map((w) => w / total) };
}
