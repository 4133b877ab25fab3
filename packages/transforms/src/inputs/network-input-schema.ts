import * as z from 'zod';
import { fittedTransform, mapsRows } from '../fitted/fitted-transform-schema.js';
import type { NetworkInput } from './network-input.js';

const sizeOf = (shape: readonly number[]) => shape.reduce((product, side) => product * side, 1);

/** Schema of a {@link NetworkInput} in a saved model, whose transform takes samples of its shape. */
export const networkInputSchema: z.ZodType<NetworkInput> = z
  .object({
    name: z.string(),
    shape: z.array(z.int().min(1)).min(1),
    transform: fittedTransform,
    factor: z.number(),
  })
  .refine(({ shape, transform }) => mapsRows(transform, sizeOf(shape)), {
    message: 'a transform that does not fit the shape',
  });
