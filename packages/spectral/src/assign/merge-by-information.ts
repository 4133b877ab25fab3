import { checkInteger, type DenseMatrix } from '@crossmodal/core';
import { checkFinite, checkSquare } from '@crossmodal/linalg';
import { refuseValue } from '../checks/refuse-value.js';
import { reassignByInformation } from './reassign-by-information.js';
import { xlogx } from './xlogx.js';

/** Options of {@link mergeByInformation}. */
export interface MergeByInformationOptions {
  /** Clusters that are left, `1..m`. */
  readonly clusters: number;
  /**
   * Sweeps in which each of the m may move to another cluster that it suits better, at most; merging alone never takes back a merge.
   *
   * @defaultValue 0
   */
  readonly sweeps?: number;
}

/**
 * Merges many small clusters into few, two at a time, so that the joint distribution keeps as much mutual information as it can: the agglomerative
 * information bottleneck, on both sides of a symmetric joint at once.
 *
 * Each merge takes the pair whose loss of `I = sum_ab P_ab log(P_ab / (P_a P_b))` is least; losses are kept, so a merge takes O(m^2). Clusters that
 * tell the same story merge for nothing.
 *
 * @param joint - P, shape `[m, m]`, symmetric, not negative, some entry positive; it need not sum to 1
 * @returns cluster of each of the m, `0..clusters-1`, numbered by their first members
 * @throws CrossmodalError `shape` when the joint is not square; `value` on entries that are negative or not finite, or none positive;
 * `option` when `clusters` is not in `1..m` or `sweeps` is negative.
 * @see Slonim and Tishby, Agglomerative information bottleneck, NeurIPS 1999; Slonim, Friedman and Tishby, Unsupervised document
 * classification using sequential information maximization, SIGIR 2002, for the sweeps
 * @example
 * ```ts
 * const joint = fromRows([[4, 4, 0], [4, 4, 0], [0, 0, 8]]);
 * mergeByInformation(joint, { clusters: 2 }); // 0, 0, 1
 * ```
 */
export function mergeByInformation(
  joint: DenseMatrix,
  { clusters, sweeps = 0 }: MergeByInformationOptions,
): Int32Array {
  const where = 'mergeByInformation';
  checkSquare(where, joint);
  checkFinite(where, joint.values);
  const m = joint.rows;
  checkInteger(where, 'clusters', clusters, { minimum: 1, maximum: m });
  checkInteger(where, 'sweeps', sweeps, { minimum: 0 });
  const p = normalised(joint, where);
  const state = lossesOf(p.slice(), m);
  const labels = Int32Array.from({ length: m }, (_, a) => a);
  const alive = Array.from({ length: m }, (_, a) => a);
  while (alive.length > clusters) {
    const [first, second] = leastLoss(state, alive);
    const [into, from] = [alive[first]!, alive[second]!];
    alive.splice(second, 1);
    merge(state, alive, into, from);
    for (let a = 0; a < m; a++) if (labels[a] === from) labels[a] = into;
  }
  const merged = labels.map((label) => alive.indexOf(label));
  reassignByInformation(p, merged, clusters, sweeps);
  return numberedByFirst(merged);
}

function numberedByFirst(labels: Int32Array): Int32Array {
  const numbers = new Map<number, number>();
  for (const label of labels) if (!numbers.has(label)) numbers.set(label, numbers.size);
  return labels.map((label) => numbers.get(label)!);
}

/** What is kept between merges, so that each takes O(m^2). */
interface Losses {
  readonly m: number;
  /** Joint, shape `[m, m]`; entries of clusters that are gone are stale. */
  readonly p: Float64Array;
  /** `p log p` of it. */
  readonly logs: Float64Array;
  readonly masses: Float64Array;
  /** What the information loses when a and b become one, at `a m + b`, a < b. */
  readonly losses: Float64Array;
}

function lossesOf(p: Float64Array, m: number): Losses {
  const masses = new Float64Array(m);
  for (let a = 0; a < m; a++) for (let b = 0; b < m; b++) masses[a]! += p[a * m + b]!;
  const state = { m, p, logs: p.map(xlogx), masses, losses: new Float64Array(m * m) };
  const all = Array.from(masses.keys());
  for (let a = 0; a < m; a++)
    for (let b = a + 1; b < m; b++) state.losses[a * m + b] = lossOf(state, all, a, b);
  return state;
}

/** Places in `alive` of the pair that loses least, the first of those that lose as little. */
function leastLoss({ m, losses }: Losses, alive: readonly number[]): readonly [number, number] {
  let least = Infinity;
  let [first, second] = [0, 1];
  for (let x = 0; x < alive.length; x++) {
    const row = alive[x]! * m;
    for (let y = x + 1; y < alive.length; y++) {
      const loss = losses[row + alive[y]!]!;
      if (loss < least) [least, first, second] = [loss, x, y];
    }
  }
  return [first, second];
}

function normalised({ rows: m, values }: DenseMatrix, where: string): Float64Array {
  let sum = 0;
  for (const value of values) {
    if (value < 0) refuseValue(where, 'entries of 0 or more', String(value));
    sum += value;
  }
  if (sum === 0) refuseValue(where, 'a positive entry', 'zeros');
  // Exactly symmetric, so that a merge needs one half.
  return Float64Array.from({ length: m * m }, (_, q) => {
    const [a, b] = [Math.floor(q / m), q % m];
    return (values[a * m + b]! + values[b * m + a]!) / (2 * sum);
  });
}

/** What the information loses when a and b become one, in rows and columns: O(m). */
function lossOf({ m, p, logs, masses }: Losses, alive: readonly number[], a: number, b: number): number {
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

/**
 * Joins one cluster to another. The loss of a pair that has no part in it changes in what its two clusters say of those two alone: O(1) a pair;
 * the losses of the joined cluster are found anew.
 */
function merge(state: Losses, alive: readonly number[], into: number, from: number): void {
  const { m, p, logs, masses, losses } = state;
  // Twice what the gain of each pair has from the column c.
  const change = (c: number, sign: number) => {
    for (let x = 0; x < alive.length; x++) {
      const a = alive[x]!;
      if (a === into) continue;
      const [mass, log] = [p[c * m + a]!, logs[c * m + a]!];
      for (let y = x + 1; y < alive.length; y++) {
        const b = alive[y]!;
        if (b === into) continue;
        const q = c * m + b;
        losses[a * m + b]! += 2 * sign * (xlogx(mass + p[q]!) - log - logs[q]!);
      }
    }
  };
  change(into, 1);
  change(from, 1);
  for (let c = 0; c < m; c++) p[into * m + c]! += p[from * m + c]!;
  for (let c = 0; c < m; c++) p[c * m + into]! += p[c * m + from]!;
  for (let c = 0; c < m; c++) {
    logs[into * m + c] = xlogx(p[into * m + c]!);
    logs[c * m + into] = xlogx(p[c * m + into]!);
  }
  masses[into]! += masses[from]!;
  change(into, -1);
  for (const c of alive) {
    const [a, b] = c < into ? [c, into] : [into, c];
    if (c !== into) losses[a * m + b] = lossOf(state, alive, a, b);
  }
}
