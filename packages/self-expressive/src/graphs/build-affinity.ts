import { denseMatrix, type CsrMatrix } from '@crossmodal/core';
import { meanAffinity } from '../affinity/mean-affinity.js';
import { strongestAffinity } from '../affinity/strongest-affinity.js';
import { checkModalities } from './check-modalities.js';
import { checkRecipes } from './check-recipes.js';
import { completeModalities } from './completion/complete-modalities.js';
import { GRAPHS_R, type GraphRecipe } from './graph-recipe.js';
import type { KernelFeatures } from './kernels/kernel-features.js';
import { kernelOf, KernelSums, widthsOf } from './kernels/kernel-of.js';
import { modalityKernels } from './kernels/modality-kernels.js';
import type { PackedHalf } from './kernels/packed-half.js';
import { ridgePrecision } from './kernels/ridge-precision.js';

/** Options of {@link buildAffinity}. */
export interface BuildAffinityOptions {
  /** The graphs. @defaultValue GRAPHS_R */
  readonly recipes?: readonly GraphRecipe[];
  /** Width of the Gaussian lift of recipes that state none. @defaultValue 3 */
  readonly width?: number;
  /** Factor on every ridge. @defaultValue 1 */
  readonly ridgeFactor?: number;
  /** Called between steps, so that progress is told and an abort is heard. @defaultValue goes on at once */
  readonly pause?: (step: number, steps: number) => Promise<void>;
}

/** The affinity, and what new samples need of the kernels. */
export interface BuiltAffinity {
  /** Mean of the graphs, shape `[n, n]`. */
  readonly affinity: CsrMatrix<Float32Array>;
  /** Median squared distance of each modality; 0 where no graph lifts. */
  readonly medians: readonly number[];
}

/**
 * Mean of the graphs that the recipes describe: `T(S[K, rho], k)` for `joint` ones, the mean over modalities of
 * `T(S[K_v, rho], k)` for the others. Absent rows are filled as {@link completeModalities} says, kernel by kernel.
 *
 * @throws CrossmodalError `shape` when there is no modality, or their rows differ in number; `option` when there is no recipe, or a sign or
 * width that cannot be.
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
  const { recipes = GRAPHS_R, width = 3, ridgeFactor = 1, pause = async () => {} } = options;
  const n = checkModalities('buildAffinity', modalities);
  checkRecipes('buildAffinity', recipes, width);
  const joint = recipes.filter((recipe) => recipe.scope === 'joint');
  const single = recipes.filter((recipe) => recipe.scope === 'modality');
  const steps = modalities.length * (1 + single.length) + joint.length;
  const widths = widthsOf(recipes, width);
  const graphOf = (
    kernel: PackedHalf,
    { ridge, neighbours, sign = 'both' }: GraphRecipe,
  ): CsrMatrix<Float32Array> => {
    // Coefficients are -P_ij / P_ii; rows of a graph are divided by their largest, so that a positive factor makes no difference.
    const precision = denseMatrix(ridgePrecision(kernel, n, ridge * ridgeFactor), n, n);
    const opposite = sign === 'positive' ? 'negative' : sign;
    return strongestAffinity(precision, { neighbours, sign: opposite });
  };

  let step = 0;
  const sums = new KernelSums(recipes, width);
  const medians: number[] = [];
  const ofModality = new Map<GraphRecipe, CsrMatrix<Float32Array>[]>();
  for (const modality of completeModalities(modalities)) {
    await pause(step++, steps);
    const kernels = modalityKernels(modality, { widths });
    medians.push(kernels.median);
    sums.add(kernels);
    for (const recipe of single) {
      await pause(step++, steps);
      const graphs = ofModality.get(recipe) ?? [];
      graphs.push(graphOf(kernelOf(kernels, recipe, width), recipe));
      ofModality.set(recipe, graphs);
    }
  }
  const graphs: CsrMatrix<Float32Array>[] = [];
  for (const recipe of recipes) {
    const own = ofModality.get(recipe);
    if (own !== undefined) {
      graphs.push(meanAffinity(own));
    } else {
      await pause(step++, steps);
      graphs.push(graphOf(sums.of(recipe), recipe));
    }
  }
  await pause(steps, steps);
  return { affinity: graphs.length === 1 ? graphs[0]! : meanAffinity(graphs), medians };
}
