import { CrossmodalError, type CsrMatrix } from '@crossmodal/core';
import { CsrBuilder } from './csr-builder.js';

/**
 * Mean of several graphs over the same samples, `A = (A_1 + ... + A_m) / m`.
 *
 * @param graphs - shape `[n, n]` each
 * @returns shape `[n, n]`; symmetric where all graphs are
 * @throws CrossmodalError `shape` when there is none, or shapes differ.
 */
export function meanAffinity(graphs: readonly CsrMatrix[]): CsrMatrix<Float32Array> {
  const first = graphs[0];
  if (
    first === undefined ||
    graphs.some((graph) => graph.rows !== first.rows || graph.columns !== first.columns)
  ) {
    throw new CrossmodalError({
      code: 'shape',
      where: 'meanAffinity',
      expected: 'one graph at least, all of one shape',
      received:
        graphs.length === 0 ? 'none' : graphs.map((graph) => `[${graph.rows}, ${graph.columns}]`).join(', '),
    });
  }
  const { rows, columns } = first;
  const sums = new Float64Array(columns);
  const seen = new Uint8Array(columns);
  const builder = new CsrBuilder(rows, columns);
  for (let i = 0; i < rows; i++) {
    const touched: number[] = [];
    for (const graph of graphs) {
      for (let p = graph.rowOffsets[i]!; p < graph.rowOffsets[i + 1]!; p++) {
        const j = graph.columnIndices[p]!;
        if (seen[j] === 0) {
          seen[j] = 1;
          touched.push(j);
        }
        sums[j]! += graph.values[p]!;
      }
    }
    touched.sort((p, q) => p - q);
    for (const j of touched) {
      builder.push(j, sums[j]! / graphs.length);
      sums[j] = 0;
      seen[j] = 0;
    }
    builder.endRow();
  }
  return builder.build();
}
