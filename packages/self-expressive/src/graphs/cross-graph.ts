import { CrossmodalError, denseMatrix, type CsrMatrix, type DenseMatrix } from '@crossmodal/core';
import { readValues, tf } from '@crossmodal/tensors';
import { meanAffinity } from '../affinity/mean-affinity.js';
import { weightedAffinity } from '../affinity/weighted-affinity.js';
import { strongestRows } from '../affinity/strongest-rows.js';
import { checkModalities } from './check-modalities.js';
import { checkRecipes } from './check-recipes.js';
import { completeModalities } from './completion/complete-modalities.js';
import { crossKernel } from './kernels/cross-kernel.js';
import { largestScale, type CoefficientRecipe, type GraphRecipe } from './graph-recipe.js';
import { isJoint } from './is-joint.js';
import type { KernelFeatures } from './kernels/kernel-features.js';
import { kernelOf, KernelSums, widthsOf } from './kernels/kernel-of.js';
import { modalityKernels } from './kernels/modality-kernels.js';
import type { PackedHalf } from './kernels/packed-half.js';
import { ridgePrecision } from './kernels/ridge-precision.js';
import { crossNearestOf, crossNeighbourGraph, nearestOf } from './neighbours/neighbour-graph.js';

/** Options of {@link crossGraph}. */
export interface CrossGraphOptions {
  readonly recipes: readonly GraphRecipe[];
  readonly width: number;
  readonly ridgeFactor: number;
  /** Median squared distance of each modality, from the fit. */
  readonly medians: readonly number[];
  /** Weight of each graph, 0 or more. @defaultValue one over the number of graphs */
  readonly weights?: readonly number[] | undefined;
}

/**
 * Graph from new samples to training samples, by the same recipes as the affinity.
 *
 * The self-expression of a new sample by the training samples is the ridge regression `s = k (K + rho I)^-1`, `k` its kernel with them.
 * A row that lacks a modality is filled from training rows, as {@link completeModalities} says, on either side.
 * Rows keep their strongest coefficients, divided by the largest; in neighbour graphs, their nearest training rows. Graphs are averaged as
 * in the fit, or summed by the weights.
 *
 * @param fitted - prepared features of the `n` training samples, one entry per modality
 * @param given - prepared features of `m` new samples, modalities in the same order
 * @returns shape `[m, n]`
 * @throws CrossmodalError `shape` when modalities of one side differ in rows, or the sides in modalities or their columns, or
 * there is not one median per modality, or weight per graph; `option` as in {@link buildAffinity}.
 */
export function crossGraph(
  fitted: readonly KernelFeatures[],
  given: readonly KernelFeatures[],
  options: CrossGraphOptions,
): CsrMatrix<Float32Array> {
  const { recipes, width, ridgeFactor, medians, weights } = options;
  const n = checkModalities('crossGraph', fitted);
  const m = checkModalities('crossGraph', given);
  checkRecipes('crossGraph', recipes, width);
  checkAlike('crossGraph', fitted, given, medians);
  const widths = widthsOf(recipes, width);
  const rowsOf = (
    kernel: PackedHalf,
    cross: Float32Array,
    { ridge, neighbours, sign = 'both' }: CoefficientRecipe,
  ) => {
    const s = regress(kernel, cross, n, m, ridge * ridgeFactor);
    return strongestRows(s, { neighbours, sign });
  };
  const sums = new KernelSums(recipes, width);
  const crossSums = new KernelSums(recipes, width);
  const ofModality = new Map<GraphRecipe, CsrMatrix<Float32Array>[]>();
  const completed = completeModalities(given, fitted);
  const scale = largestScale(recipes);
  completeModalities(fitted).forEach((modality, v) => {
    const own = modalityKernels(modality, { widths });
    const cross = crossKernel(modality, completed[v]!, { own, median: medians[v]! });
    sums.add(own);
    crossSums.add(cross);
    const near =
      scale === 0
        ? undefined
        : {
            given: crossNearestOf(
              { modality, linear: own.linear },
              { modality: completed[v]!, linear: cross.linear },
              { scale },
            ),
            own: nearestOf(modality, own.linear, { scale }),
          };
    for (const recipe of recipes) {
      if (isJoint(recipe)) continue;
      const graphs = ofModality.get(recipe) ?? [];
      graphs.push(
        recipe.kind === 'neighbours'
          ? crossNeighbourGraph({ m, n }, near!, recipe)
          : rowsOf(kernelOf(own, recipe, width), kernelOf(cross, recipe, width), recipe),
      );
      ofModality.set(recipe, graphs);
    }
  });
  const graphs = recipes.map((recipe) =>
    isJoint(recipe)
      ? rowsOf(sums.of(recipe), crossSums.of(recipe), recipe)
      : meanAffinity(ofModality.get(recipe)!),
  );
  return weights === undefined ? meanAffinity(graphs) : weightedAffinity(graphs, weights);
}

/** Refuses sides that differ in modalities or columns, and medians that are not one per modality. @throws CrossmodalError `shape`. */
export function checkAlike(
  where: string,
  fitted: readonly KernelFeatures[],
  given: readonly KernelFeatures[],
  medians: readonly number[],
): void {
  const columns = (side: readonly KernelFeatures[]) =>
    side.map(({ features }) => features.columns).join(', ');
  if (columns(fitted) === columns(given) && medians.length === fitted.length) return;
  throw new CrossmodalError({
    code: 'shape',
    where,
    expected: `modalities of ${columns(fitted)} columns, as the training samples have, and a median of each`,
    received: `${columns(given)} columns and ${medians.length} medians`,
  });
}

/** `k (K / rho + I)^-1`, `rho` times the coefficients, for all rows `k` of a cross kernel `[m, n]`. */
function regress(
  kernel: PackedHalf,
  cross: Float32Array,
  n: number,
  m: number,
  ridge: number,
): DenseMatrix<Float32Array> {
  const precision = ridgePrecision(kernel, n, ridge);
  const values = readValues(() => tf.matMul(tf.tensor2d(cross, [m, n]), tf.tensor2d(precision, [n, n])));
  return denseMatrix(values, m, n);
}
