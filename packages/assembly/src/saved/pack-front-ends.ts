import { damagedModel, type ModelArrays, type WritableArray } from '@crossmodal/io';
import * as z from 'zod';
import type { FrontEnd } from '@crossmodal/encoders';
import {
  networkInputsSchema,
  packNetworkInputs,
  unpackNetworkInputs,
  type Packed,
} from './pack-network-inputs.js';

const size = z.int().min(1);

/** Schema of the description that {@link packFrontEnds} makes. */
export const frontEndsSchema = z.object({
  inputs: networkInputsSchema,
  convolutions: z.array(z.object({ filters: size, kernelSize: size, pool: size }).nullable()),
});

/** Front ends in a saved model's description. */
export type PackedFrontEnds = z.infer<typeof frontEndsSchema>;

/**
 * Splits front ends into plain data and arrays named `prefix-v-...`.
 *
 * @param prefix - begins the names of the arrays; 'front-end' by default
 */
export function packFrontEnds(frontEnds: readonly FrontEnd[], prefix = 'front-end'): Packed<PackedFrontEnds> {
  const inputs = packNetworkInputs(
    frontEnds.map(({ input }) => input),
    prefix,
  );
  const arrays: Record<string, WritableArray> = { ...inputs.arrays };
  const convolutions = frontEnds.map(({ convolution }, v) => {
    if (convolution === undefined) return null;
    const { filters, kernelSize, pool, kernel } = convolution;
    arrays[`${prefix}-${v}-kernel`] = { shape: [kernel.length], values: kernel };
    return { filters, kernelSize, pool };
  });
  return { description: { inputs: inputs.description, convolutions }, arrays };
}

/**
 * Puts together what {@link packFrontEnds} split.
 *
 * @param where - the public function that loads, for the error
 * @throws CrossmodalError `format` when an array is missing or does not fit.
 */
export function unpackFrontEnds(
  where: string,
  { inputs, convolutions }: PackedFrontEnds,
  arrays: ModelArrays,
  prefix = 'front-end',
): FrontEnd[] {
  return unpackNetworkInputs(inputs, arrays, prefix).map((input, v) => {
    const convolution = convolutions[v];
    if (convolution === null) return { input };
    const kernel = Float32Array.from(arrays.vector(`${prefix}-${v}-kernel`));
    const { filters = 0, kernelSize = 0 } = convolution ?? {};
    const expected = kernelSize * kernelSize * (input.shape[2] ?? 0) * filters;
    if (convolution === undefined || kernel.length !== expected)
      throw damagedModel(where, `${prefix}-${v}`, `${kernel.length} weights instead of ${expected}`);
    return { input, convolution: { ...convolution, kernel } };
  });
}
