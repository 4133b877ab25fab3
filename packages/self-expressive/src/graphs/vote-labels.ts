import type { CsrMatrix } from '@crossmodal/core';

/**
 * Label of each row by the votes of its neighbours, each weighing as much as its edge. Of equal votes the smaller label wins; a row without
 * neighbours gets the label of most training samples.
 *
 * @param graph - shape `[m, n]`
 * @param labels - of the `n` training samples, `0..clusters-1`
 * @returns length `m`
 */
export function voteLabels(graph: CsrMatrix, labels: Int32Array, clusters: number): Int32Array {
  const sizes = new Float64Array(clusters);
  for (const label of labels) sizes[label]!++;
  const votes = new Float64Array(clusters);
  return Int32Array.from({ length: graph.rows }, (_, i) => {
    const start = graph.rowOffsets[i]!;
    const end = graph.rowOffsets[i + 1]!;
    if (start === end) return largestAt(sizes);
    votes.fill(0);
    for (let p = start; p < end; p++) votes[labels[graph.columnIndices[p]!]!]! += graph.values[p]!;
    return largestAt(votes);
  });
}

function largestAt(values: Float64Array): number {
  let best = 0;
  for (let c = 1; c < values.length; c++) if (values[c]! > values[best]!) best = c;
  return best;
}
