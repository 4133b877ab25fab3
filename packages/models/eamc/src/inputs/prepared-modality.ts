import { denseMatrix } from '@crossmodal/core';
import { frontEndSchema, frontEndWidth, type FrontEnd } from '@crossmodal/encoders';
import { fittedTransform, maps } from '@crossmodal/method';
import type { Whitening } from '@crossmodal/transforms';
import { z } from 'zod';

/** How one modality becomes what its encoder sees. */
export interface PreparedModality {
  readonly frontEnd: FrontEnd;
  /** Rows on the sphere, then whitened components; left out where encoders see the front end's features. */
  readonly whitening?: Whitening | undefined;
}

/** Schema of modalities without whitening in a saved model. */
export const scaledModalities: z.ZodType<readonly PreparedModality[]> = z
  .array(z.object({ frontEnd: frontEndSchema }))
  .min(1);

/** Schema of whitened modalities in a saved model. */
export const whitenedModalities: z.ZodType<readonly PreparedModality[]> = z
  .array(
    z
      .object({
        frontEnd: frontEndSchema,
        whitening: z.object({ sphere: fittedTransform, components: fittedTransform, factor: z.number() }),
      })
      .refine(
        ({ frontEnd, whitening: { sphere, components } }) => {
          const width = frontEndWidth(frontEnd);
          return maps(sphere, width, width) && maps(components, width);
        },
        { message: 'a whitening that does not fit its features' },
      ),
  )
  .min(1);

/** Features that a modality gives its encoder. */
export function featureCount({ frontEnd, whitening }: PreparedModality): number {
  const width = frontEndWidth(frontEnd);
  if (whitening === undefined) return width;
  return whitening.components.apply(denseMatrix(new Float32Array(0), 0, width)).columns;
}
