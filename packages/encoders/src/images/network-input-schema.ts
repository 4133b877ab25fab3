import type { NetworkInput } from '@crossmodal/transforms';
import * as z from 'zod';
import { takesRows, transformSchema } from '../features/transform-schema.js';
import { sizeOf } from '../layers/shapes.js';

/** Schema of a `NetworkInput` in a saved model: a transform that takes samples of the shape. */
export const networkInputSchema: z.ZodType<NetworkInput> = z
  .object({
    name: z.string(),
    shape: z.array(z.int().min(1)).min(1),
    transform: transformSchema,
    factor: z.number(),
  })
  .refine(({ shape, transform }) => takesRows(transform, sizeOf(shape)), {
    message: 'a transform that does not fit the shape',
  });
