import { maximumAssignment } from '@crossmodal/metrics';

/** The class of each cluster under the one-to-one mapping that makes the accuracy largest, `[k]`. */
export function labelMapping(truth: Int32Array, found: Int32Array, k: number): Int32Array {
  const counts = new Float64Array(k * k);
  found.forEach((cluster, i) => counts[cluster * k + truth[i]!]!++);
  return maximumAssignment(counts, k, k).columnOfRow;
}
