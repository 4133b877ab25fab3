import { denseMatrix, type CsrMatrix } from '@crossmodal/core';
import { meanAffinity } from '../affinity/mean-affinity.js';
import { strongestAffinity } from '../affinity/strongest-affinity.js';
import { checkModalities } from './check-modalities.js';
import { checkRecipes } from './check-recipes.js';
import { completeModalities } from './completion/complete-modalities.js';
import { GRAPHS_R, largestScale, type CoefficientRecipe, type GraphRecipe } from './graph-recipe.js';
import { isJoint } from './is-joint.js';
import type { KernelFeatures } from './kernels/kernel-features.js';
import { kernelOf, KernelSums, widthsOf } from './kernels/kernel-of.js';
import { modalityKernels } from './kernels/modality-kernels.js';
import type { PackedHalf } from './kernels/packed-half.js';
import { ridgePrecision } from './kernels/ridge-precision.js';
import { ISOLATION_RANK, isolatedGroups } from './neighbours/isolated-groups.js';
import type { NearestRows } from './neighbours/nearest-by-gram.js';
import { nearestOf, neighbourGraph } from './neighbours/neighbour-graph.js';

/** Options of {@link buildGraphs}. */
export interface BuildGraphsOptions {
  /** The graphs. @defaultValue GRAPHS_R */
  readonly recipes?: readonly GraphRecipe[];
  /** Width of the Gaussian lift of recipes that state none. @defaultValue 3 */
  readonly width?: number;
  /** Factor on every ridge. @defaultValue 1 */
  readonly ridgeFactor?: number;
  /** Called between steps, so that progress is told and an abort is heard. @defaultValue goes on at once */
  readonly pause?: (step: number, steps: number) => Promise<void>;
}

/** The graphs, and what new samples need of the kernels. */
export interface BuiltGraphs {
  /** One graph per recipe, shape `[n, n]`, symmetric, in `[0, 1]`. */
  readonly graphs: readonly CsrMatrix<Float32Array>[];
  /** Median squared distance of each modality; 0 where no graph lifts. */
  readonly medians: readonly number[];
  /** Row numbers, ascending, of each group of fewer than seven rows that is far from all others, see {@link isolatedGroups}. */
  readonly isolated: readonly Int32Array[];
}

/**
 * The graphs that the recipes describe: `T(S[K, rho], k)` for `joint` ones, the mean over modalities of `T(S[K_v, rho], k)` or of
 * self-tuning neighbour graphs for the others. Absent rows are filled as {@link completeModalities} says, kernel by kernel; in
 * neighbour graphs they have no neighbours.
 *
 * One matrix `[n, n]` is inverted at a time.
 *
 * @throws CrossmodalError `shape` when there is no modality, or their rows differ in number; `option` when there is no recipe, or a sign or
 * width that cannot be.
 * @example
 * ```ts
 * import { fromRows } from '@crossmodal/core';
 * const rows = [[0, 1], [0.6, 0.8], [0.8, 0.6], [1, 0]];
 * const { graphs } = await buildGraphs([{ features: fromRows(rows) }], { recipes: GRAPHS_C5 });
 * console.log(graphs.length); // 5
 * ```
 */
export async function buildGraphs(
  modalities: readonly KernelFeatures[],
  options: BuildGraphsOptions = {},
): Promise<BuiltGraphs> {
  const { recipes = GRAPHS_R, width = 3, ridgeFactor = 1, pause = async () => {} } = options;
  const n = checkModalities('buildGraphs', modalities);
  checkRecipes('buildGraphs', recipes, width);
  const single = recipes.filter((recipe) => !isJoint(recipe));
  const steps = modalities.length * (1 + single.length) + recipes.length - single.length;
  const widths = widthsOf(recipes, width);
  const graphOf = (kernel: PackedHalf, recipe: CoefficientRecipe) =>
    coefficientGraph(kernel, n, { ...recipe, ridge: recipe.ridge * ridgeFactor });

  let step = 0;
  const sums = new KernelSums(recipes, width);
  const medians: number[] = [];
  const nearest: NearestRows[] = [];
  const scale = Math.max(ISOLATION_RANK, largestScale(recipes));
  const ofModality = new Map<GraphRecipe, CsrMatrix<Float32Array>[]>();
  for (const modality of completeModalities(modalities)) {
    await pause(step++, steps);
    const kernels = modalityKernels(modality, { widths });
    medians.push(kernels.median);
    const near = nearestOf(modality, kernels.linear, { scale });
    nearest.push(near);
    sums.add(kernels);
    for (const recipe of single) {
      await pause(step++, steps);
      const graphs = ofModality.get(recipe) ?? [];
      graphs.push(
        recipe.kind === 'neighbours'
          ? neighbourGraph(n, near, recipe)
          : graphOf(kernelOf(kernels, recipe, width), recipe),
      );
      ofModality.set(recipe, graphs);
    }
  }
  const graphs: CsrMatrix<Float32Array>[] = [];
  for (const recipe of recipes) {
    if (isJoint(recipe)) {
      await pause(step++, steps);
      graphs.push(graphOf(sums.of(recipe), recipe));
    } else {
      graphs.push(meanAffinity(ofModality.get(recipe)!));
    }
  }
  await pause(steps, steps);
  return { graphs, medians, isolated: isolatedGroups(nearest) };
}

/** `T(S[K, rho], k)`. */
function coefficientGraph(
  kernel: PackedHalf,
  n: number,
  { ridge, neighbours, sign = 'both' }: CoefficientRecipe,
): CsrMatrix<Float32Array> {
  // Coefficients are -P_ij / P_ii; rows of a graph are divided by their largest, so that a positive factor makes no difference.
  const precision = denseMatrix(ridgePrecision(kernel, n, ridge), n, n);
  const opposite = sign === 'positive' ? 'negative' : sign;
  return strongestAffinity(precision, { neighbours, sign: opposite });
}
