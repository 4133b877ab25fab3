import { denseMatrix } from '@crossmodal/core';
import { damagedModel, type ModelArrays, type WritableArray } from '@crossmodal/io';
import * as z from 'zod';
import type { NetworkInput } from '@crossmodal/transforms';
import { packedTransform, packTransform, unpackTransform } from './pack-transform.js';

/** Schema of the description that {@link packNetworkInputs} makes. */
export const networkInputsSchema = z
  .array(
    z.object({
      name: z.string(),
      shape: z.array(z.int().min(1)).min(1),
      ...packedTransform,
      factor: z.number(),
    }),
  )
  .min(1);

/** Network inputs in a saved model's description. */
export type PackedNetworkInputs = z.infer<typeof networkInputsSchema>;

/** A part of a saved model: plain data for `model.json`, and arrays. */
export interface Packed<T> {
  readonly description: T;
  readonly arrays: Readonly<Record<string, WritableArray>>;
}

/**
 * Splits network inputs into plain data and arrays named `prefix-v-...`.
 *
 * @param prefix - begins the names of the arrays; 'input' by default
 */
export function packNetworkInputs(
  inputs: readonly NetworkInput[],
  prefix = 'input',
): Packed<PackedNetworkInputs> {
  const arrays: Record<string, WritableArray> = {};
  const description = inputs.map(({ name, shape, transform, factor }, v) => ({
    name,
    shape: [...shape],
    ...packTransform(transform, `${prefix}-${v}`, arrays),
    factor,
  }));
  return { description, arrays };
}

/**
 * Puts together what {@link packNetworkInputs} split.
 *
 * @throws CrossmodalError `format` when an array is missing or does not fit.
 */
export function unpackNetworkInputs(
  description: PackedNetworkInputs,
  arrays: ModelArrays,
  prefix = 'input',
): NetworkInput[] {
  return description.map(({ name, shape, factor, ...packed }, v) => {
    const transform = unpackTransform(packed, `${prefix}-${v}`, arrays);
    const size = shape.reduce((product, axis) => product * axis, 1);
    try {
      transform.apply(denseMatrix(new Float32Array(0), 0, size));
    } catch (error) {
      throw damagedModel(
        'unpackNetworkInputs',
        name,
        `a transform that does not fit (${(error as Error).message})`,
      );
    }
    return { name, shape, transform, factor };
  });
}
