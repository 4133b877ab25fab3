import { xlogx } from './xlogx.js';

/** Gains below this are rounding: the information is of order 1, and sums have some thousand terms. */
const GAIN = 1e-12;

/**
 * Moves one small cluster at a time to where the information of the merged joint is largest, until no move gains or the sweeps are used up:
 * the sequential information bottleneck, O(m^2 + m k^2) a sweep.
 *
 * Moving a from its cluster to c changes one row and column of the joint J of clusters; with r the masses between a and each cluster, the part of
 * `I = sum J log J - 2 sum M log M` that depends on c is compared for all c. No cluster is left empty.
 *
 * @param p - symmetric joint of the small clusters, shape `[m, m]`, sum 1
 * @param labels - cluster of each, `0..clusters-1`; changed in place
 */
export function reassignByInformation(
  p: Float64Array,
  labels: Int32Array,
  clusters: number,
  sweeps: number,
): void {
  const m = labels.length;
  const joint = new Float64Array(clusters * clusters);
  const masses = new Float64Array(clusters);
  const members = new Int32Array(clusters);
  const own = new Float64Array(m);
  for (let a = 0; a < m; a++) {
    members[labels[a]!]!++;
    for (let b = 0; b < m; b++) {
      own[a]! += p[a * m + b]!;
      joint[labels[a]! * clusters + labels[b]!]! += p[a * m + b]!;
    }
    masses[labels[a]!]! += own[a]!;
  }
  const between = new Float64Array(clusters);
  const place = (a: number, c: number, sign: number) => {
    for (let d = 0; d < clusters; d++) {
      joint[c * clusters + d]! += sign * between[d]!;
      joint[d * clusters + c]! += sign * between[d]!;
    }
    joint[c * clusters + c]! += sign * p[a * m + a]!;
    masses[c]! += sign * own[a]!;
    members[c]! += sign;
  };
  const worth = (a: number, c: number) => {
    let sum = -2 * (xlogx(masses[c]! + own[a]!) - xlogx(masses[c]!));
    for (let d = 0; d < clusters; d++) {
      const now = joint[c * clusters + d]!;
      const added = d === c ? 2 * between[d]! + p[a * m + a]! : between[d]!;
      sum += (d === c ? 1 : 2) * (xlogx(now + added) - xlogx(now));
    }
    return sum;
  };
  for (let sweep = 0, moved = true; sweep < sweeps && moved; sweep++) {
    moved = false;
    for (let a = 0; a < m; a++) {
      const from = labels[a]!;
      if (members[from] === 1) continue;
      between.fill(0);
      for (let b = 0; b < m; b++) if (b !== a) between[labels[b]!]! += p[a * m + b]!;
      place(a, from, -1);
      let to = from;
      let most = worth(a, from) + GAIN;
      for (let c = 0; c < clusters; c++) {
        const gain = c === from ? -Infinity : worth(a, c);
        if (gain > most) [most, to] = [gain, c];
      }
      place(a, to, 1);
      labels[a] = to;
      moved ||= to !== from;
    }
  }
}
