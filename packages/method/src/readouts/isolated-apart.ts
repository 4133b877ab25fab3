import { csrMatrix, denseMatrix, type CsrMatrix, type DenseMatrix } from '@crossmodal/core';
import { meanAffinity } from '@crossmodal/self-expressive';
import { spectralEmbedding, subgraph } from '@crossmodal/spectral';
import type { ClusteredGraphs, GraphClusteringContext } from './mean-of-graphs.js';

/** Clusters graphs of some samples. */
type ClusterGraphs<T extends ClusteredGraphs> = (
  graphs: readonly CsrMatrix<Float32Array>[],
  context: GraphClusteringContext,
) => Promise<T>;

/**
 * Clusters graphs whose vertices include groups far from all others: each group is a cluster, and the others have as many as are left, where the
 * spectrum of the others, in the mean graph, tells so many more clearly than more. Elsewhere the groups are vertices like any other, and join what
 * their edges say.
 *
 * @param isolated - vertices of each group, ascending; without any, this is `cluster` alone
 * @returns what `cluster` finds of the others, with rows of the groups put in; `apart` tells whether they are clusters
 */
export async function clusterWithIsolated<T extends ClusteredGraphs>(
  graphs: readonly CsrMatrix<Float32Array>[],
  isolated: readonly Int32Array[],
  context: GraphClusteringContext,
  cluster: ClusterGraphs<T>,
): Promise<T & { readonly apart: boolean }> {
  const left = context.clusters - isolated.length;
  const n = graphs[0]!.rows;
  const most = n - isolated.reduce((sum, { length }) => sum + length, 0);
  if (isolated.length === 0 || left < 1 || left > most)
    return { ...(await cluster(graphs, context)), apart: false };
  const within = new Set(isolated.flatMap((group) => [...group]));
  const others = Int32Array.from({ length: n }, (_, i) => i).filter((i) => !within.has(i));
  const parts = graphs.map((graph) => {
    const part = subgraph(graph, others);
    return { ...part, values: Float32Array.from(part.values) };
  });
  if (!isClearest(meanAffinity(parts), left, context))
    return { ...(await cluster(graphs, context)), apart: false };
  const found = await cluster(parts, { ...context, clusters: left });
  const labels = new Int32Array(n);
  others.forEach((vertex, i) => (labels[vertex] = found.labels[i]!));
  isolated.forEach((group, g) => group.forEach((vertex) => (labels[vertex] = left + g)));
  return {
    ...found,
    labels,
    embedding: withGroups(found.embedding, others, isolated),
    affinity: spread(found.affinity, others, n),
    apart: true,
  };
}

/** Eigenvalues this near to 1 are those of parts that hardly hang together, as in the heat weights of the embedding. */
const APART = 1e-3;

/**
 * Whether the spectrum tells `left` clusters more clearly than any more, up to as many as are asked for. After two or more it is the relative gap
 * `(1 - w_(c+1)) / (1 - w_c)` that tells; the first eigenvalue is 1 whatever the graph, so that one cluster is held against more by `w_c - w_(c+1)`.
 */
function isClearest(
  graph: CsrMatrix,
  left: number,
  { clusters, random, signal }: GraphClusteringContext,
): boolean {
  const { eigenvalues } = spectralEmbedding(graph, {
    clusters: Math.min(graph.rows, clusters + 1),
    random: random.fork('isolated'),
    weighting: 'none',
    ...(signal === undefined ? {} : { signal }),
  });
  const open = Array.from(eigenvalues, (w) => Math.max(1 - w, APART));
  const gaps = open.slice(left).map((next, j) => {
    const own = open[left - 1 + j]!;
    return left === 1 ? next - own : next / own;
  });
  return gaps.every((gap, j) => j === 0 || gaps[0]! > gap);
}

/** Rows of the embedding where their vertices are; each group has a column of its own. */
function withGroups(
  { columns, values }: DenseMatrix<Float64Array>,
  others: Int32Array,
  isolated: readonly Int32Array[],
): DenseMatrix<Float64Array> {
  const n = others.length + isolated.reduce((sum, { length }) => sum + length, 0);
  const width = columns + isolated.length;
  const spreadOut = new Float64Array(n * width);
  others.forEach((vertex, i) =>
    spreadOut.set(values.subarray(i * columns, (i + 1) * columns), vertex * width),
  );
  isolated.forEach((group, g) => group.forEach((vertex) => (spreadOut[vertex * width + columns + g] = 1)));
  return denseMatrix(spreadOut, n, width);
}

/** The graph with its vertices where they were among `n`; the others have no edges. */
function spread(
  { rowOffsets, columnIndices, values }: CsrMatrix<Float32Array>,
  vertices: Int32Array,
  n: number,
): CsrMatrix<Float32Array> {
  const offsets = new Int32Array(n + 1);
  vertices.forEach((vertex, i) => (offsets[vertex + 1] = rowOffsets[i + 1]! - rowOffsets[i]!));
  for (let i = 0; i < n; i++) offsets[i + 1]! += offsets[i]!;
  return csrMatrix(
    n,
    n,
    offsets,
    columnIndices.map((column) => vertices[column]!),
    values,
  );
}
