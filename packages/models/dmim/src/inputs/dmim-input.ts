import { presenceOf, type DenseMatrix, type Modality } from '@crossmodal/core';
import { applyFrontEnd, type FrontEnd } from '@crossmodal/encoders';
import { fittedTransform, float32, inputDescription, maps, type Preparation } from '@crossmodal/method';
import type { NetworkInput } from '@crossmodal/transforms';
import { z } from 'zod';
import type { DmimInput, DmimPrepared, DmimSamples, DmimTypes } from '../types.js';

const sizeOf = (shape: readonly number[]) => shape.reduce((product, side) => product * side, 1);

const networkInputSchema: z.ZodType<NetworkInput> = inputDescription
  .extend({ transform: fittedTransform, factor: z.number() })
  .refine(({ shape, transform }) => maps(transform, sizeOf(shape)), {
    message: 'a transform that does not fit the shape',
  });

const count = z.int().min(1);

const frontEndSchema: z.ZodType<FrontEnd> = z
  .object({
    input: networkInputSchema,
    convolution: z.object({ filters: count, kernelSize: count, pool: count, kernel: float32 }),
  })
  .refine(
    ({ input: { shape }, convolution: { filters, kernelSize, kernel } }) =>
      shape.length === 3 && kernel.length === kernelSize ** 2 * shape[2]! * filters,
    { message: 'a kernel that does not fit its images' },
  );

const inputSchema: z.ZodType<DmimInput> = z
  .object({ frontEnd: frontEndSchema.optional(), reduction: networkInputSchema, size: count })
  .refine(({ reduction: { shape, transform }, size }) => maps(transform, sizeOf(shape), size), {
    message: 'a transform that does not give the size',
  });

/** Schema of {@link DmimPrepared} in a saved model. */
export const preparedSchema: z.ZodType<DmimPrepared> = z
  .object({ inputs: z.array(inputSchema).min(2), weights: z.array(z.number().min(0)) })
  .refine(
    ({ inputs, weights }) => weights.length === inputs.length && weights.some((weight) => weight > 0),
    { message: 'one weight per modality, of which some are above 0' },
  );

/** The encoder's input of a modality, by what was fitted, `[n, size]`. */
export async function applyInput(
  { frontEnd, reduction: { transform, factor } }: DmimInput,
  modality: Modality,
): Promise<DenseMatrix<Float32Array>> {
  const features = frontEnd === undefined ? modality.features : await applyFrontEnd(frontEnd, modality);
  return scaled(transform.apply(features, presenceOf(modality)), factor);
}

/** A matrix times a factor. */
export function scaled(matrix: DenseMatrix<Float32Array>, factor: number): DenseMatrix<Float32Array> {
  if (factor === 1) return matrix;
  return { ...matrix, values: matrix.values.map((value) => value * factor) };
}

/** Samples of a modality as the network takes them. */
export function samplesOf(
  modality: Modality,
  { rows, columns, values }: DenseMatrix<Float32Array>,
  weight: number,
): DmimSamples {
  return {
    name: modality.name,
    x: { shape: [rows, columns], values },
    present: presenceOf(modality),
    weight,
  };
}

/** What preparations have in common: how new samples come to the network. */
export const appliedInputs: Pick<Preparation<DmimTypes>, 'schema' | 'apply' | 'inputs'> = {
  schema: preparedSchema,
  async apply({ inputs, weights }, modalities) {
    const samples: DmimSamples[] = [];
    for (const [v, modality] of modalities.entries()) {
      const weight = weights[v]!;
      if (weight > 0) samples.push(samplesOf(modality, await applyInput(inputs[v]!, modality), weight));
    }
    return samples;
  },
  inputs: ({ inputs }) => inputs.map(({ frontEnd, reduction }) => frontEnd?.input ?? reduction),
};
