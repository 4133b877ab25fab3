import { meanAffinity } from '../../affinity/mean-affinity.js';
import type { BuiltAffinity } from '../build-affinity.js';
import type { KernelFeatures } from '../kernels/kernel-features.js';
import { buildSparseGraphs, type BuildSparseGraphsOptions } from './build-sparse-graphs.js';

/** Options of {@link buildSparseAffinity}. */
export type BuildSparseAffinityOptions = BuildSparseGraphsOptions;

/**
 * Mean of the graphs that the recipes describe, without `[n, n]` matrices; see {@link buildSparseGraphs}.
 *
 * @throws CrossmodalError as {@link buildSparseGraphs}.
 * @example
 * ```ts
 * import { fromRows } from '@crossmodal/core';
 * const rows = [[0, 1], [0.1, 0.9], [0.2, 1], [0, 0.8], [1, 0], [0.9, 0.1], [1, 0.2], [0.8, 0]];
 * const { affinity } = await buildSparseAffinity([{ features: fromRows(rows) }], { recipes: GRAPHS_F2 });
 * console.log(affinity.rows); // 8
 * ```
 */
export async function buildSparseAffinity(
  modalities: readonly KernelFeatures[],
  options: BuildSparseAffinityOptions = {},
): Promise<BuiltAffinity> {
  const { graphs, medians } = await buildSparseGraphs(modalities, options);
  return { affinity: meanAffinity(graphs), medians };
}
