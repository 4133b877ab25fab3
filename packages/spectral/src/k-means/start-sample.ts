/** Beyond so many rows, starts of k-means are tried on a sample of so many. */
const SAMPLED = { from: 20_000, rows: 10_000 };

/** The sample on which clusterings of a graph try their starts; none where all rows are as quick. */
export function startSampleFor(n: number): { readonly startSample?: number } {
  return n > SAMPLED.from ? { startSample: SAMPLED.rows } : {};
}
