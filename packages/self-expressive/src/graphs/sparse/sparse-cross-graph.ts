import type { CsrMatrix } from '@crossmodal/core';
import { backendProduct } from '@crossmodal/tensors';
import { meanAffinity } from '../../affinity/mean-affinity.js';
import { strongestRows } from '../../affinity/strongest-rows.js';
import { weightedAffinity } from '../../affinity/weighted-affinity.js';
import { strongestAmong } from '../../solvers/sparse/strongest-among.js';
import { strongestCrossProducts } from '../../solvers/sparse/strongest-cross-products.js';
import { whitenRows } from '../../solvers/sparse/whiten-rows.js';
import { checkModalities } from '../check-modalities.js';
import { checkRecipes } from '../check-recipes.js';
import { completeModalities } from '../completion/complete-modalities.js';
import { checkAlike, type CrossGraphOptions } from '../cross-graph.js';
import { largestScale, type GraphRecipe } from '../graph-recipe.js';
import type { KernelFeatures } from '../kernels/kernel-features.js';
import { crossNeighbourGraph } from '../neighbours/neighbour-graph.js';
import { candidateRows } from './candidate-rows.js';
import { compactFeatures } from './compact-features.js';
import { kernelViews } from './kernel-views.js';
import { sparseCrossNearestOf } from './sparse-nearest-of.js';
import { sparseSettings, type SparseOptions } from './sparse-options.js';

/** Options of {@link sparseCrossGraph}; draws and sizes have to be those of the fit. */
export type SparseCrossGraphOptions = CrossGraphOptions & SparseOptions;

/**
 * {@link crossGraph} without `[n, n]` and `[m, n]` matrices: with whitened features `Y` of the training samples, the coefficients of a new
 * sample are its features, whitened alike, times `Y^T`, and its strongest ones are kept.
 *
 * @param fitted - prepared features of the `n` training samples, one entry per modality
 * @param given - prepared features of `m` new samples, modalities in the same order
 * @returns shape `[m, n]`
 * @throws CrossmodalError as {@link crossGraph}; `option` when a number of {@link SparseOptions} is no positive integer; `aborted` on the
 * signal.
 */
export async function sparseCrossGraph(
  fitted: readonly KernelFeatures[],
  given: readonly KernelFeatures[],
  options: SparseCrossGraphOptions,
): Promise<CsrMatrix<Float32Array>> {
  const where = 'sparseCrossGraph';
  const { recipes, width, ridgeFactor, medians, weights } = options;
  const n = checkModalities(where, fitted);
  const m = checkModalities(where, given);
  checkRecipes(where, recipes, width);
  checkAlike(where, fitted, given, medians);
  const { tiling, candidates: count, ...settings } = sparseSettings(where, n, options);
  const { signal } = settings;
  const training = completeModalities(fitted);
  const filled = completeModalities(given, fitted);
  const candidates =
    count === undefined ? undefined : await candidateRows(training, { ...settings, count }, filled);
  const made = new Map<GraphRecipe, CsrMatrix<Float32Array>[]>(recipes.map((recipe) => [recipe, []]));
  for (const view of kernelViews(recipes, fitted.length, width)) {
    const { features, of } = await compactFeatures(view, training, { ...settings, medians });
    const own = await of(filled);
    for (const recipe of view.recipes) {
      const { ridge, neighbours, sign = 'both' } = recipe;
      const { rows, projection } = whitenRows(where, features, ridge * ridgeFactor);
      const looking = backendProduct(own, projection);
      const strongest = await (candidates === undefined
        ? strongestCrossProducts(looking, rows, { neighbours, sign, ...tiling, signal })
        : strongestAmong(looking, rows, { candidates: candidates.joint, neighbours, sign, signal }));
      made.get(recipe)!.push(strongestRows(strongest, { neighbours, sign }));
    }
  }
  const searched = recipes.filter((recipe) => recipe.kind === 'neighbours');
  for (const [v, modality] of searched.length === 0 ? [] : training.entries()) {
    const search = { candidates: candidates?.modalities[v], signal };
    const near = await sparseCrossNearestOf(filled[v]!, modality, {
      count: largestScale(recipes),
      ...search,
    });
    for (const recipe of searched) made.get(recipe)!.push(crossNeighbourGraph({ m, n }, near, recipe));
  }
  const graphs = recipes.map((recipe) => meanAffinity(made.get(recipe)!));
  return weights === undefined ? meanAffinity(graphs) : weightedAffinity(graphs, weights);
}
