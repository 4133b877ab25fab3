import { CrossmodalError, type DenseMatrix } from '@crossmodal/core';
import { checkFinite, checkInteger, checkSquare } from './checks.js';

/** Options of {@link mergeByInformation}. */
export interface MergeByInformationOptions {
  /** Clusters that are left, `1..m`. */
  readonly clusters: number;
}

/**
 * Merges many small clusters into few, two at a time, so that the joint distribution keeps as much mutual information as it can: the agglomerative
 * information bottleneck, on both sides of a symmetric joint at once.
 *
 * Each merge takes the pair whose loss of `I = sum_ab P_ab log(P_ab / (P_a P_b))` is least. Clusters that tell the same story merge for
 * nothing.
 *
 * @param joint - P, shape `[m, m]`, symmetric, not negative, some entry positive; it need not sum to 1
 * @returns cluster of each of the m, `0..clusters-1`, numbered by their first members
 * @throws CrossmodalError `shape` when the joint is not square; `value` on entries that are negative or not finite, or none positive;
 * `option` when `clusters` is not in `1..m`.
 * @see Slonim and Tishby, Agglomerative information bottleneck, NeurIPS 1999
 * @example
 * ```ts
 * const joint = fromRows([[4, 4, 0], [4, 4, 0], [0, 0, 8]]);
 * mergeByInformation(joint, { clusters: 2 }); // 0, 0, 1
 * ```
 */
export function mergeByInformation(joint: DenseMatrix, { clusters }: MergeByInformationOptions): Int32Array {
  const where = 'mergeByInformation';
  checkSquare(joint, where);
  checkFinite(joint, where);
  const m = joint.rows;
  checkInteger(clusters, 1, m, 'clusters', where);
  const p = normalised(joint, where);
  // Of every entry as it is now: a logarithm for each of the m^4 / 8 comparisons is enough, three are slow.
  const logs = p.map(xlogx);
  const masses = new Float64Array(m);
  for (let a = 0; a < m; a++) for (let b = 0; b < m; b++) masses[a]! += p[a * m + b]!;
  const labels = Int32Array.from({ length: m }, (_, a) => a);
  const alive = Array.from({ length: m }, (_, a) => a);
  while (alive.length > clusters) {
    let least = Infinity;
    let [first, second] = [0, 1];
    for (let x = 0; x < alive.length; x++) {
      for (let y = x + 1; y < alive.length; y++) {
        const loss = lossOf(p, logs, m, masses, alive, alive[x]!, alive[y]!);
        if (loss < least) [least, first, second] = [loss, x, y];
      }
    }
    const [into, from] = [alive[first]!, alive[second]!];
    merge(p, logs, m, masses, into, from);
    for (let a = 0; a < m; a++) if (labels[a] === from) labels[a] = into;
    alive.splice(second, 1);
  }
  return labels.map((label) => alive.indexOf(label));
}

function normalised({ rows: m, values }: DenseMatrix, where: string): Float64Array {
  let sum = 0;
  for (const value of values) {
    if (value < 0) refuse(where, 'entries of 0 or more', String(value));
    sum += value;
  }
  if (sum === 0) refuse(where, 'a positive entry', 'zeros');
  // Exactly symmetric, so that a merge needs one half.
  return Float64Array.from({ length: m * m }, (_, q) => {
    const [a, b] = [Math.floor(q / m), q % m];
    return (values[a * m + b]! + values[b * m + a]!) / (2 * sum);
  });
}

/** What the information loses when a and b become one, in rows and columns. */
function lossOf(
  p: Float64Array,
  logs: Float64Array,
  m: number,
  masses: Float64Array,
  alive: readonly number[],
  a: number,
  b: number,
): number {
  let gain = 0;
  for (const c of alive) {
    if (c === a || c === b) continue;
    const [x, y] = [a * m + c, b * m + c];
    gain += 2 * (xlogx(p[x]! + p[y]!) - logs[x]! - logs[y]!);
  }
  const [own, other, between] = [a * m + a, b * m + b, a * m + b];
  gain += xlogx(p[own]! + p[other]! + 2 * p[between]!) - logs[own]! - logs[other]! - 2 * logs[between]!;
  const [x, y] = [masses[a]!, masses[b]!];
  return 2 * (xlogx(x + y) - xlogx(x) - xlogx(y)) - gain;
}

function merge(
  p: Float64Array,
  logs: Float64Array,
  m: number,
  masses: Float64Array,
  into: number,
  from: number,
): void {
  for (let c = 0; c < m; c++) p[into * m + c]! += p[from * m + c]!;
  for (let c = 0; c < m; c++) p[c * m + into]! += p[c * m + from]!;
  for (let c = 0; c < m; c++) {
    logs[into * m + c] = xlogx(p[into * m + c]!);
    logs[c * m + into] = xlogx(p[c * m + into]!);
  }
  masses[into]! += masses[from]!;
}

function xlogx(x: number): number {
  return x > 0 ? x * Math.log(x) : 0;
}

function refuse(where: string, expected: string, received: string): never {
  throw new CrossmodalError({ code: 'value', where, expected, received });
}
