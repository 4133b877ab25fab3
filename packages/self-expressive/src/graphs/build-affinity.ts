import type { CsrMatrix } from '@crossmodal/core';
import { meanAffinity } from '../affinity/mean-affinity.js';
import { buildGraphs, type BuildGraphsOptions, type BuiltGraphs } from './build-graphs.js';
import type { KernelFeatures } from './kernels/kernel-features.js';

/** Options of {@link buildAffinity}. */
export type BuildAffinityOptions = BuildGraphsOptions;

/** The affinity, and what new samples need of the kernels. */
export interface BuiltAffinity extends Omit<BuiltGraphs, 'graphs' | 'isolated'> {
  /** Mean of the graphs, shape `[n, n]`. */
  readonly affinity: CsrMatrix<Float32Array>;
}

/**
 * Mean of the graphs that the recipes describe, see {@link buildGraphs}.
 *
 * @throws CrossmodalError as {@link buildGraphs}.
 * @example
 * ```ts
 * import { fromRows } from '@crossmodal/core';
 * const rows = [[0, 1], [0.1, 0.9], [0.2, 1], [0, 0.8], [1, 0], [0.9, 0.1], [1, 0.2], [0.8, 0]];
 * const { affinity } = await buildAffinity([{ features: fromRows(rows) }], { recipes: GRAPHS_F2 });
 * console.log(affinity.rows); // 8
 * ```
 */
export async function buildAffinity(
  modalities: readonly KernelFeatures[],
  options: BuildAffinityOptions = {},
): Promise<BuiltAffinity> {
  const { graphs, medians } = await buildGraphs(modalities, options);
  return { affinity: meanAffinity(graphs), medians };
}
