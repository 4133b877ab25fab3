import { networkInputSchema } from '@crossmodal/transforms';
import * as z from 'zod';
import type { FrontEnd } from './front-end.js';

const size = z.int().min(1);

/** Schema of a {@link FrontEnd} in a saved model, its parts checked against each other. */
export const frontEndSchema: z.ZodType<FrontEnd> = z
  .object({
    input: networkInputSchema,
    convolution: z
      .object({ filters: size, kernelSize: size, pool: size, kernel: z.instanceof(Float32Array) })
      .optional(),
  })
  .refine(
    ({ input: { shape }, convolution }) => {
      if (convolution === undefined) return true;
      const { filters, kernelSize, kernel } = convolution;
      return shape.length === 3 && kernel.length === kernelSize * kernelSize * shape[2]! * filters;
    },
    { message: 'a kernel that does not fit the images' },
  );
