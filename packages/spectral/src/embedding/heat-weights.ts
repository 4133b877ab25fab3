/** Below this a gap is within what the eigen-solver and the graph leave open; it would weigh the first c eigenvectors alone. */
const SMALLEST_GAP = 1e-3;

/** h_j = exp(−bandwidth (1 − w_j) / g), g = max(1 − w_c, 1e-3), with the eigenvalues clipped to `[0, 1]`. */
export function heatWeights(eigenvalues: Float64Array, clusters: number, bandwidth: number): Float64Array {
  const clipped = eigenvalues.map((w) => Math.min(1, Math.max(0, w)));
  const gap = Math.max(1 - clipped[Math.min(clusters, clipped.length) - 1]!, SMALLEST_GAP);
  return clipped.map((w) => Math.exp((-bandwidth * (1 - w)) / gap));
}
