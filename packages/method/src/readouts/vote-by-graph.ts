import { denseMatrix, type CsrMatrix, type DenseMatrix } from '@crossmodal/core';
import { crossGraph, sparseCrossGraph, voteLabels } from '@crossmodal/self-expressive';
import type { FittedReadout, Prediction } from '../recipe/readout.js';
import { sparseSize, type GraphSettings } from './graph-options.js';
import { applyPreparation, kernelFeatures, type LatentRows, type PreparedLatent } from './seen-latents.js';

/** What a graph to the training samples needs of these. */
export interface GraphState {
  readonly latents: readonly PreparedLatent[];
  /** Median squared distance of each latent. */
  readonly medians: readonly number[];
  /** Weight of each graph's edges; left out where graphs count alike. */
  readonly weights?: readonly number[];
}

/**
 * Assigns new samples by a graph: each latent is represented by the training latents in closed form, and the training samples of the strongest
 * coefficients vote with the weight of their edges. The embedding is the mean of theirs by the same weights, and has unit length where theirs has.
 */
export async function voteByGraph(
  latents: readonly LatentRows[],
  { latents: fitted, medians, weights }: GraphState,
  { plan, ...settings }: GraphSettings,
  { labels, embedding, clusters }: Omit<FittedReadout<unknown, unknown>, 'state' | 'options'>,
): Promise<Prediction> {
  const given = applyPreparation(latents, fitted);
  const training = kernelFeatures(fitted);
  const graph =
    plan.route === 'dense'
      ? crossGraph(training, given, { ...settings, medians, weights })
      : await sparseCrossGraph(training, given, {
          ...settings,
          ...sparseSize({ plan, ...settings }),
          medians,
          weights,
        });
  return { labels: voteLabels(graph, labels, clusters), embedding: meanOfEnds(graph, embedding) };
}

/** Mean embedding of the ends of each row's edges, by their weights; the length of its ends' rows is kept. */
function meanOfEnds(graph: CsrMatrix, { columns, values }: DenseMatrix): DenseMatrix<Float64Array> {
  const result = new Float64Array(graph.rows * columns);
  for (let i = 0; i < graph.rows; i++) {
    const row = result.subarray(i * columns, (i + 1) * columns);
    let [mass, length] = [0, 0];
    for (let p = graph.rowOffsets[i]!; p < graph.rowOffsets[i + 1]!; p++) {
      const weight = graph.values[p]!;
      const end = values.subarray(graph.columnIndices[p]! * columns, (graph.columnIndices[p]! + 1) * columns);
      mass += weight;
      length += weight * Math.hypot(...end);
      for (let c = 0; c < columns; c++) row[c]! += weight * end[c]!;
    }
    const own = Math.hypot(...row);
    // A row without edges stays at the origin.
    if (mass > 0 && own > 0) for (let c = 0; c < columns; c++) row[c]! *= length / (mass * own);
  }
  return denseMatrix(result, graph.rows, columns);
}
