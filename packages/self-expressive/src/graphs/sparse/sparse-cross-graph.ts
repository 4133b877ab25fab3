import type { CsrMatrix } from '@crossmodal/core';
import { backendProduct } from '@crossmodal/tensors';
import { meanAffinity } from '../../affinity/mean-affinity.js';
import { strongestRows } from '../../affinity/strongest-rows.js';
import { strongestCrossProducts } from '../../solvers/sparse/strongest-cross-products.js';
import { whitenRows } from '../../solvers/sparse/whiten-rows.js';
import { checkModalities } from '../check-modalities.js';
import { checkRecipes } from '../check-recipes.js';
import { completeModalities } from '../completion/complete-modalities.js';
import { checkAlike, type CrossGraphOptions } from '../cross-graph.js';
import type { CoefficientRecipe } from '../graph-recipe.js';
import type { KernelFeatures } from '../kernels/kernel-features.js';
import { coefficientRecipes } from './coefficient-recipes.js';
import { compactFeatures } from './compact-features.js';
import { kernelViews } from './kernel-views.js';
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
 * @throws CrossmodalError as {@link crossGraph}; `option` when a number of {@link SparseOptions} is no positive integer; `unsupported` for recipes of neighbours; `aborted` on the
 * signal.
 */
export async function sparseCrossGraph(
  fitted: readonly KernelFeatures[],
  given: readonly KernelFeatures[],
  options: SparseCrossGraphOptions,
): Promise<CsrMatrix<Float32Array>> {
  const where = 'sparseCrossGraph';
  const { recipes, width, ridgeFactor, medians } = options;
  const n = checkModalities(where, fitted);
  checkModalities(where, given);
  checkRecipes(where, recipes, width);
  const known = coefficientRecipes(where, recipes);
  checkAlike(where, fitted, given, medians);
  const { tiling, ...settings } = sparseSettings(where, n, options);
  const training = completeModalities(fitted);
  const filled = completeModalities(given, fitted);
  const graphs = new Map<CoefficientRecipe, CsrMatrix<Float32Array>[]>();
  for (const view of kernelViews(known, fitted.length, width)) {
    const { features, of } = await compactFeatures(view, training, { ...settings, medians });
    const own = await of(filled);
    for (const recipe of view.recipes) {
      const { ridge, neighbours, sign = 'both' } = recipe;
      const { rows, projection } = whitenRows(where, features, ridge * ridgeFactor);
      const kept = { neighbours, sign, ...tiling, signal: settings.signal };
      const strongest = await strongestCrossProducts(backendProduct(own, projection), rows, kept);
      const list = graphs.get(recipe) ?? [];
      list.push(strongestRows(strongest, { neighbours, sign }));
      graphs.set(recipe, list);
    }
  }
  return meanAffinity(known.map((recipe) => meanAffinity(graphs.get(recipe)!)));
}
