import {
  directionsFrom,
  graphClusters,
  stackRows,
  voteByDirection,
  type ClusteredDirections,
} from '@crossmodal/alignment';
import { columnMeans } from '@crossmodal/linalg';
import { float64, int32, matrix32, type Readout, type ResolvedOptions } from '@crossmodal/method';
import { graphRecipes } from '@crossmodal/self-expressive';
import * as z from 'zod';
import { graphOptions } from '../options.js';
import type { Dm2cSeen } from '../types.js';

/** Options of {@link unifiedGraph}, checked and complete. */
export type UnifiedGraphOptions = ResolvedOptions<typeof graphOptions>;

/**
 * Clusters the directions of unified latents, seen from the middle of the anchor's samples, on the spectral coordinates of a self-expression graph; for the
 * samples of modalities that are not informative, and new ones, the training samples in the most similar directions vote.
 */
export const unifiedGraph: Readout<Dm2cSeen, ClusteredDirections, UnifiedGraphOptions> = {
  name: 'graph',
  options: graphOptions,
  schema: z
    .object({ middle: float64, rows: matrix32, labels: int32 })
    .refine(({ middle, rows, labels }) => middle.length === rows.columns && labels.length === rows.rows, {
      message: 'one label per row and one mean per column',
    }),
  async fit({ latents, anchor, informative, embedding }, { options, clusters, random, signal, pause }) {
    const middle = columnMeans(latents[anchor]!);
    const rows = directionsFrom(middle, stackRows(informative.map((v) => latents[v]!)));
    const { graphs, width, ridgeReference, extraEigenvectors, bandwidth, restarts, neighbours } = options;
    const found = await graphClusters(rows, {
      clusters,
      recipes: graphRecipes(graphs),
      width,
      ridgeReference,
      extraEigenvectors,
      bandwidth,
      restarts,
      random: random.fork('assign'),
      pause: (step, steps) => pause('assign', step, steps),
      signal,
    });
    const state = { middle, rows, labels: found };
    let start = 0;
    const labels = latents.flatMap((part, v) => {
      if (!informative.includes(v)) return [...voteByDirection(part, state, { neighbours, clusters })];
      start += part.rows;
      return [...found.subarray(start - part.rows, start)];
    });
    return { labels: Int32Array.from(labels), embedding, state };
  },
  predict: ({ embedding }, { state, clusters, options: { neighbours } }) => ({
    labels: voteByDirection(embedding, state, { neighbours, clusters }),
    embedding,
  }),
  fits: ({ middle, labels }, { clusters, columns }) =>
    middle.length === columns && labels.every((label) => label >= 0 && label < clusters),
};
