import { frontEndSchema, sizeOf } from '@crossmodal/encoders';
import { mapsRows, networkInputSchema } from '@crossmodal/transforms';
import * as z from 'zod';
import type { DmimInput, DmimPrepared } from '../types.js';

const inputSchema: z.ZodType<DmimInput> = z
  .object({ frontEnd: frontEndSchema.optional(), reduction: networkInputSchema, size: z.int().min(1) })
  .refine(
    ({ reduction: { shape, transform }, size }) => mapsRows(transform, sizeOf(shape), size),
    'a transform that does not give the size',
  );

/** Schema of {@link DmimPrepared} in a saved model. */
export const preparedSchema: z.ZodType<DmimPrepared> = z
  .object({ inputs: z.array(inputSchema).min(2), weights: z.array(z.number().min(0)) })
  .refine(
    ({ inputs, weights }) => weights.length === inputs.length && weights.some((weight) => weight > 0),
    'one weight per modality, of which some are above 0',
  );
