import { CrossmodalError, type CsrMatrix } from '@crossmodal/core';
import { weightedSumCsr } from '@crossmodal/linalg';

/**
 * Mean of several graphs over the same samples, `A = (A_1 + ... + A_m) / m`.
 *
 * @param graphs - shape `[n, n]` each
 * @returns shape `[n, n]`; symmetric where all graphs are; of one graph, the graph itself
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
  const { values } = first;
  if (graphs.length === 1 && values instanceof Float32Array) return { ...first, values };
  const sum = weightedSumCsr(graphs);
  return { ...sum, values: Float32Array.from(sum.values, (value) => value / graphs.length) };
}
