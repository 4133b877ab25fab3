import { fittedTransform, mapsRows } from '@crossmodal/transforms';
import * as z from 'zod';
import { frontEndSchema } from '../images/front-end-schema.js';
import { frontEndWidth, type FeatureMap } from './feature-map.js';

/** Schema of a {@link FeatureMap} in a saved model, its parts checked against each other. */
export const featureMapSchema: z.ZodType<FeatureMap> = z
  .object({
    frontEnd: frontEndSchema,
    whitening: z
      .object({ sphere: fittedTransform, components: fittedTransform, factor: z.number() })
      .optional(),
  })
  .refine(
    ({ frontEnd, whitening }) => {
      if (whitening === undefined) return true;
      const width = frontEndWidth(frontEnd);
      return mapsRows(whitening.sphere, width) && mapsRows(whitening.components, width);
    },
    { message: 'a whitening that does not fit its features' },
  );
