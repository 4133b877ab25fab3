import type { FrontEnd } from '@crossmodal/encoders';
import { fittedTransform, float32, inputDescription, maps } from '@crossmodal/method';
import type { NetworkInput } from '@crossmodal/transforms';
import * as z from 'zod';
import type { DmimInput, DmimPrepared } from '../types.js';

const sizeOf = (shape: readonly number[]) => shape.reduce((product, side) => product * side, 1);
const count = z.int().min(1);

const networkInputSchema: z.ZodType<NetworkInput> = inputDescription
  .extend({ transform: fittedTransform, factor: z.number() })
  .refine(
    ({ shape, transform }) => maps(transform, sizeOf(shape)),
    'a transform that does not fit the shape',
  );

const frontEndSchema: z.ZodType<FrontEnd> = z
  .object({
    input: networkInputSchema,
    convolution: z.object({ filters: count, kernelSize: count, pool: count, kernel: float32 }),
  })
  .refine(
    ({ input: { shape }, convolution: { filters, kernelSize, kernel } }) =>
      shape.length === 3 && kernel.length === kernelSize ** 2 * shape[2]! * filters,
    'a kernel that does not fit its images',
  );

const inputSchema: z.ZodType<DmimInput> = z
  .object({ frontEnd: frontEndSchema.optional(), reduction: networkInputSchema, size: count })
  .refine(
    ({ reduction: { shape, transform }, size }) => maps(transform, sizeOf(shape), size),
    'a transform that does not give the size',
  );

/** Schema of {@link DmimPrepared} in a saved model. */
export const preparedSchema: z.ZodType<DmimPrepared> = z
  .object({ inputs: z.array(inputSchema).min(2), weights: z.array(z.number().min(0)) })
  .refine(
    ({ inputs, weights }) => weights.length === inputs.length && weights.some((weight) => weight > 0),
    'one weight per modality, of which some are above 0',
  );
