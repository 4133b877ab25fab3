import { CrossmodalError, type DenseMatrix, type Modality } from '@crossmodal/core';
import { applyFeatures, frontEndSchema, type FittedFeatures } from '@crossmodal/encoders';
import type { OptionShape, Preparation, PreparationContext } from '@crossmodal/method';
import { fittedTransform, mapsRows } from '@crossmodal/transforms';
import * as z from 'zod';
import type { Dm2cTypes, MixedSamples, NetworkStart, PreparedMixture } from '../types.js';

/** What is decided before anything is trained. */
export interface Plan extends Omit<PreparedMixture, 'recipes'> {
  readonly fitted: readonly FittedFeatures[];
  /** What the network starts from. @defaultValue nothing, a start at random */
  readonly start?: NetworkStart;
}

/** What a plan is made of beside the modalities. */
export interface PlanContext<Options> extends PreparationContext<Options> {
  /** Number of the anchor, where the caller chose it. */
  readonly chosen: number | undefined;
}

const number = z.int().min(0);

const recipeSchema = z
  .object({ frontEnd: frontEndSchema, steps: z.array(fittedTransform), size: z.int().min(1) })
  .refine(({ steps, size }) => steps.every((step) => mapsRows(step, size, size)), {
    message: 'steps that fit the features',
  });

const preparedSchema: z.ZodType<PreparedMixture> = z
  .object({
    recipes: z.array(recipeSchema).min(2),
    anchor: number,
    informative: z.array(number).min(1),
    latentSize: z.int().min(1),
    suits: z.enum(['graph', 'k-means']),
  })
  .refine(({ recipes, anchor, informative }) => [anchor, ...informative].every((v) => v < recipes.length), {
    message: 'numbers of modalities that there are',
  });

/** Inputs of mixed data by a plan. */
export function mixedInputs<Options extends { readonly anchor?: string | undefined }>(
  options: OptionShape,
  plan: (modalities: readonly Modality[], context: PlanContext<Options>) => Promise<Plan>,
): Preparation<Dm2cTypes, Options> {
  return {
    options,
    schema: preparedSchema,
    async fit(modalities, context) {
      const chosen = anchorOf(context.options.anchor, modalities);
      const { fitted, start, ...decided } = await plan(modalities, { ...context, chosen });
      return {
        prepared: {
          ...decided,
          recipes: fitted.map(({ frontEnd, steps, features: { columns: size } }) => ({
            frontEnd,
            steps,
            size,
          })),
        },
        samples: fitted.map(({ features }, v) => samplesOf(modalities[v]!.name, features)),
        structure: start,
        options: { anchor: modalities[decided.anchor]!.name },
      };
    },
    async apply({ recipes }, modalities) {
      const samples: MixedSamples[] = [];
      for (const [v, modality] of modalities.entries()) {
        samples.push(samplesOf(modality.name, await applyFeatures(recipes[v]!, modality)));
      }
      return samples;
    },
    inputs: ({ recipes }) => recipes.map(({ frontEnd }) => frontEnd.input),
  };
}

function samplesOf(name: string, { rows, columns, values }: DenseMatrix<Float32Array>): MixedSamples {
  return { name, x: { shape: [rows, columns], values } };
}

function anchorOf(anchor: string | undefined, modalities: readonly Modality[]): number | undefined {
  if (anchor === undefined) return undefined;
  const found = modalities.findIndex(({ name }) => name === anchor);
  if (found >= 0) return found;
  throw new CrossmodalError({
    code: 'option',
    where: "dm2c option 'anchor'",
    expected: `one of the modalities ${modalities.map(({ name }) => `'${name}'`).join(', ')}`,
    received: `'${anchor}'`,
  });
}
