import type { FrontEnd } from '@crossmodal/encoders';
import { fittedTransform, float32, inputDescription, maps } from '@crossmodal/method';
import * as z from 'zod';

const count = z.int().min(1);

/** Schema of a front end in a saved model. */
export const frontEndSchema: z.ZodType<FrontEnd> = z
  .object({
    input: inputDescription.extend({ transform: fittedTransform, factor: z.number() }).refine(
      ({ shape, transform }) =>
        maps(
          transform,
          shape.reduce((product, side) => product * side, 1),
        ),
      { message: 'a transform that fits the shape' },
    ),
    convolution: z.object({ filters: count, kernelSize: count, pool: count, kernel: float32 }).optional(),
  })
  .refine(
    ({ input: { shape }, convolution: own }) =>
      own === undefined || own.kernel.length === own.kernelSize ** 2 * (shape[2] ?? 0) * own.filters,
    { message: 'as many weights as the kernels have' },
  ) as z.ZodType<FrontEnd>;
