import { squaredDistance } from '@crossmodal/linalg';

/** Puts each point to its nearest centroid, of equally near ones the first; the sum of squared distances. */
export function assign(
  points: Float64Array,
  n: number,
  d: number,
  centroids: Float64Array,
  clusters: number,
  labels: Int32Array,
): number {
  let inertia = 0;
  for (let i = 0; i < n; i++) {
    let nearest = Infinity;
    for (let c = 0; c < clusters; c++) {
      const distance = squaredDistance(points, i, centroids, c, d);
      if (distance < nearest) {
        nearest = distance;
        labels[i] = c;
      }
    }
    inertia += nearest;
  }
  return inertia;
}
