import { denseMatrix } from '@crossmodal/core';
import type { FittedTransform } from '@crossmodal/transforms';
import { z } from 'zod';
import { sizeOf } from '../layers/shapes.js';
import type { FrontEnd } from './front-end-features.js';

const size = z.int().min(1);

const transform = z.custom<FittedTransform>(
  (value) => typeof (value as Partial<FittedTransform> | undefined)?.apply === 'function',
  'a fitted transform',
);

/** Schema of a {@link FrontEnd} in a saved model, its parts checked against each other. */
export const frontEndSchema: z.ZodType<FrontEnd> = z
  .object({
    input: z.object({ name: z.string(), shape: z.array(size).min(1), transform, factor: z.number() }),
    convolution: z
      .object({ filters: size, kernelSize: size, pool: size, kernel: z.instanceof(Float32Array) })
      .optional(),
  })
  .refine(({ input: { shape, transform: fitted } }) => takes(fitted, sizeOf(shape)), {
    message: 'a transform that does not fit the shape',
  })
  .refine(
    ({ input: { shape }, convolution }) => {
      if (convolution === undefined) return true;
      const { filters, kernelSize, kernel } = convolution;
      return shape.length === 3 && kernel.length === kernelSize * kernelSize * shape[2]! * filters;
    },
    { message: 'a kernel that does not fit the images' },
  );

/** Whether a transform takes rows of some length. */
function takes(fitted: FittedTransform, columns: number): boolean {
  try {
    fitted.apply(denseMatrix(new Float32Array(0), 0, columns));
    return true;
  } catch {
    return false;
  }
}
