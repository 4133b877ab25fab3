import { vectors, type DenseMatrix } from '@crossmodal/core';
import { fittedTransform, mapsRows, prepareModality, type FittedTransform } from '@crossmodal/transforms';
import type { KernelFeatures } from '@crossmodal/self-expressive';
import * as z from 'zod';
import type { Representation } from '../recipe/method-types.js';
import { flags, matrix32 } from '../saved/schemas.js';

/** Latents of samples, one or several, that represent each other. */
export interface SeenLatents extends Representation {
  /** Shape `[n, q]` each, with the rows that are present. */
  readonly latents: readonly LatentRows[];
}

/** One latent of all samples. */
export interface LatentRows {
  /** Shape `[n, q]`; what absent rows hold means nothing. */
  readonly features: DenseMatrix<Float32Array>;
  /** 1 where the row is present, length `n`; left out when all are. */
  readonly present?: Uint8Array | undefined;
  /** Whether distances of rows count and not their directions, as of {@link fitPlaces}. @defaultValue false */
  readonly places?: boolean | undefined;
}

/** A latent of the training samples as features for kernels: rows of unit length, or places; zero where absent. */
export interface PreparedLatent {
  readonly features: DenseMatrix<Float32Array>;
  readonly present?: Uint8Array | undefined;
  /** From latents to those features; left out where latents are prepared already. */
  readonly transform?: FittedTransform | undefined;
  /** Whether its rows are places, see {@link LatentRows}. */
  readonly places?: boolean | undefined;
}

/** Schema of {@link PreparedLatent} in a saved model. */
export const preparedLatents: z.ZodType<readonly PreparedLatent[]> = z
  .array(
    z
      .object({
        features: matrix32,
        present: flags.optional(),
        transform: fittedTransform.optional(),
        places: z.boolean().optional(),
      })
      .refine(
        ({ features, transform }) =>
          transform === undefined || mapsRows(transform, features.columns, features.columns),
        {
          message: 'a transform that does not fit its latent',
        },
      )
      .refine(({ features, present }) => present === undefined || present.length === features.rows, {
        message: 'one presence flag per row',
      }),
  )
  .min(1);

/** Latents as features for kernels: signed root, unit rows, centred, unit rows. */
export function prepareLatents(latents: readonly LatentRows[]): PreparedLatent[] {
  return latents.map(({ features, present }, l) => {
    // Absent samples enter an encoder as zeros and leave it as its biases, which end here.
    const prepared = prepareModality(vectors(`latent ${l}`, features, present));
    return { features: prepared.features, present: prepared.present, transform: prepared.transform };
  });
}

/** Latents of new samples, prepared as those of the training samples are. */
export function applyPreparation(
  latents: readonly LatentRows[],
  fitted: readonly PreparedLatent[],
): KernelFeatures[] {
  return latents.map(({ features, present }, l) => {
    const { transform } = fitted[l]!;
    const prepared = transform === undefined ? features : transform.apply(features, present);
    return present === undefined ? { features: prepared } : { features: prepared, present };
  });
}

/** Prepared latents as kernels take them. */
export function kernelFeatures(latents: readonly PreparedLatent[]): KernelFeatures[] {
  return latents.map(({ features, present }) =>
    present === undefined ? { features } : { features, present },
  );
}

/** Whether the rows of all latents are places. */
export function areAllPlaces(latents: readonly PreparedLatent[]): boolean {
  return latents.every(({ places }) => places === true);
}
