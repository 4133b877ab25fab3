import type { DenseMatrix, Modality } from '@crossmodal/core';
import { applyFrontEnd, type FrontEnd } from '@crossmodal/encoders';
import { fittedTransform, maps } from '@crossmodal/method';
import type { FittedTransform } from '@crossmodal/transforms';
import { z } from 'zod';
import type { FeatureRecipe } from '../types.js';
import { frontEndSchema } from './front-end-schema.js';

/** A recipe, and the features of the rows it was fitted on, `[n, d]`. */
export interface FittedFeatures {
  readonly recipe: FeatureRecipe;
  readonly features: DenseMatrix<Float32Array>;
}

/** Schema of a recipe in a saved model. */
export const featureRecipeSchema: z.ZodType<FeatureRecipe> = z
  .object({ frontEnd: frontEndSchema, steps: z.array(fittedTransform), size: z.int().min(1) })
  .refine(({ steps, size }) => steps.every((step) => maps(step, size, size)), {
    message: 'steps that fit the features',
  });

/** Features of rows by a front end and the steps behind it, `[n, d]`. */
export async function applyFeatures(
  { frontEnd, steps }: Pick<FeatureRecipe, 'frontEnd' | 'steps'>,
  modality: Modality,
  signal?: AbortSignal,
): Promise<DenseMatrix<Float32Array>> {
  const features = await applyFrontEnd(frontEnd, modality, signal);
  return steps.reduce((rows, step) => step.apply(rows), features);
}

/** The recipe of a front end without further steps, and its features. */
export async function plainFeatures(
  frontEnd: FrontEnd,
  modality: Modality,
  signal?: AbortSignal,
): Promise<FittedFeatures> {
  const features = await applyFeatures({ frontEnd, steps: [] }, modality, signal);
  return { recipe: { frontEnd, steps: [], size: features.columns }, features };
}

/** Steps more behind fitted features, each fitted on what the ones before it give. */
export function withSteps(
  { recipe, features }: FittedFeatures,
  steps: readonly ((rows: DenseMatrix<Float32Array>) => FittedTransform)[],
): FittedFeatures {
  let rows = features;
  const fitted = steps.map((fit) => {
    const step = fit(rows);
    rows = step.apply(rows);
    return step;
  });
  return { recipe: { ...recipe, steps: [...recipe.steps, ...fitted] }, features: rows };
}
