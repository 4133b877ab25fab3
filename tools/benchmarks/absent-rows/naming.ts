import { maximumAssignment } from '@crossmodal/metrics';

/** Class of each cluster, by all rows of the fit. */
export function namingOf(labels: Int32Array, truth: ArrayLike<number>, clusters: number): Int32Array {
  const counts = new Float64Array(clusters * clusters);
  labels.forEach((label, i) => counts[label * clusters + truth[i]!]!++);
  return maximumAssignment(counts, clusters, clusters).columnOfRow;
}
