import type { CsrMatrix } from '@crossmodal/core';
import { meanAffinity } from '../../affinity/mean-affinity.js';
import { strongestAffinity } from '../../affinity/strongest-affinity.js';
import { strongestCoefficients } from '../../solvers/sparse/strongest-coefficients.js';
import { whitenRows } from '../../solvers/sparse/whiten-rows.js';
import type { BuildAffinityOptions, BuiltAffinity } from '../build-affinity.js';
import { checkModalities } from '../check-modalities.js';
import { checkRecipes } from '../check-recipes.js';
import { completeModalities } from '../completion/complete-modalities.js';
import { GRAPHS_R, type CoefficientRecipe } from '../graph-recipe.js';
import type { KernelFeatures } from '../kernels/kernel-features.js';
import { coefficientRecipes } from './coefficient-recipes.js';
import { compactFeatures } from './compact-features.js';
import { kernelViews } from './kernel-views.js';
import { sampledMedian } from './sampled-median.js';
import { sparseSettings, type SparseOptions } from './sparse-options.js';

/** Options of {@link buildSparseAffinity}. */
export type BuildSparseAffinityOptions = BuildAffinityOptions & SparseOptions;

/** Steps of one self-expression as `pause` counts them. */
const STEPS = 100;

/**
 * {@link buildAffinity} without `[n, n]` matrices: the same recipes, over features of each kernel in place of the kernel, in time
 * `O(n^2 r)` of products and memory `O(n k + n r)`.
 *
 * Linear kernels are exact while the columns of their modalities are no more than `landmarks` and `rank`. Gaussian ones are projected onto
 * the span of landmarks (Nystroem), and both are cut to their `rank` leading directions. Medians are those of a sample of 2,048 rows. Absent
 * rows are filled as in {@link buildAffinity}, features in place of kernels: `F <- M F`.
 *
 * The draws go by the place of a row, so permuting rows changes which are landmarks.
 *
 * @throws CrossmodalError as {@link buildAffinity}; `option` when a number of {@link SparseOptions} is no positive integer; `unsupported` for recipes of neighbours; `aborted` on the
 * signal.
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
  const where = 'buildSparseAffinity';
  const { recipes: given = GRAPHS_R, width = 3, ridgeFactor = 1, pause = async () => {} } = options;
  const n = checkModalities(where, modalities);
  checkRecipes(where, given, width);
  const recipes = coefficientRecipes(where, given);
  const { tiling, ...settings } = sparseSettings(where, n, options);
  const fitted = completeModalities(modalities);
  const lifts = recipes.some(({ kernel }) => kernel === 'gaussian');
  const medians = fitted.map((modality, v) =>
    lifts ? sampledMedian(modality, settings.random.fork(`median ${v}`)) : 0,
  );
  const views = kernelViews(recipes, fitted.length, width);
  const steps = STEPS * views.reduce((sum, view) => sum + view.recipes.length, 0);
  const graphs = new Map<CoefficientRecipe, CsrMatrix<Float32Array>[]>();
  let step = 0;
  for (const view of views) {
    await pause(step, steps);
    const { features } = await compactFeatures(view, fitted, { ...settings, medians });
    for (const recipe of view.recipes) {
      const { ridge, neighbours, sign = 'both' } = recipe;
      const start = step;
      const coefficients = await strongestCoefficients(whitenRows(where, features, ridge * ridgeFactor), {
        neighbours,
        sign,
        ...tiling,
        signal: settings.signal,
        pause: (tile, tiles) => pause(start + Math.floor((STEPS * tile) / tiles), steps),
      });
      step += STEPS;
      const own = graphs.get(recipe) ?? [];
      own.push(strongestAffinity(coefficients, { neighbours, sign }));
      graphs.set(recipe, own);
    }
  }
  await pause(steps, steps);
  const perRecipe = recipes.map((recipe) => mean(graphs.get(recipe)!));
  return { affinity: mean(perRecipe), medians };
}

function mean(graphs: readonly CsrMatrix<Float32Array>[]): CsrMatrix<Float32Array> {
  return graphs.length === 1 ? graphs[0]! : meanAffinity(graphs);
}
