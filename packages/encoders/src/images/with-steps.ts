import { denseMatrix, type DenseMatrix, type Modality } from '@crossmodal/core';
import type { FittedTransform } from '@crossmodal/transforms';
import { applyFrontEnd } from './apply-front-end.js';
import type { FrontEndFeatures } from './front-end-features.js';
import type { FrontEnd } from './front-end.js';

/** How rows of one modality become features: a front end, and transforms behind it, as plain data. */
export interface FeatureRecipe {
  readonly frontEnd: FrontEnd;
  /** Applied after it, in order. */
  readonly steps: readonly FittedTransform[];
}

/** A recipe with the features of the rows that it was fitted on. */
export interface FittedFeatures extends FrontEndFeatures {
  readonly steps: readonly FittedTransform[];
}

/**
 * Puts transforms behind a front end, each fitted on what the ones before it give.
 *
 * @param fitted - a front end and its features `[n, q]`
 * @param fits - in order
 * @returns the recipe, and features `[n, q']`
 * @example
 * ```ts
 * import { fromRows, vectors } from '@crossmodal/core';
 * import { fitCentre } from '@crossmodal/transforms';
 * const points = vectors('points', fromRows([[1, 5], [3, 1], [2, 2]]));
 * const random = randomSource(1);
 * const fitted = withSteps(await frontEndFeatures(points, { random }), [fitCentre]);
 * console.log((await applyFeatures(fitted, points)).values); // as fitted.features
 * ```
 */
export function withSteps(
  fitted: FrontEndFeatures & Partial<FittedFeatures>,
  fits: readonly ((rows: DenseMatrix<Float32Array>) => FittedTransform)[],
): FittedFeatures {
  let { features } = fitted;
  const added = fits.map((fit) => {
    const step = fit(features);
    features = step.apply(features);
    return step;
  });
  return { frontEnd: fitted.frontEnd, steps: [...(fitted.steps ?? []), ...added], features };
}

/**
 * Features of a modality by a fitted recipe, shape `[n, q]`; of no rows there are none, `[0, 0]`.
 *
 * @throws CrossmodalError as {@link applyFrontEnd}.
 */
export async function applyFeatures(
  { frontEnd, steps }: FeatureRecipe,
  modality: Modality,
  signal?: AbortSignal,
): Promise<DenseMatrix<Float32Array>> {
  // A front end has no pass of no samples.
  if (modality.features.rows === 0) return denseMatrix(new Float32Array(0), 0, 0);
  return steps.reduce((rows, step) => step.apply(rows), await applyFrontEnd(frontEnd, modality, signal));
}
