import type { DenseMatrix, SampleArray } from '@crossmodal/core';
import type { NetworkInput } from './network-input.js';

/**
 * Scaled samples of one modality, `[n, ...shape]`; absent rows are zero.
 *
 * @param features - as given by the modality, shape `[n, d]`
 * @param present - 1 where the row is present, length `n`
 */
export function networkSamples(
  { transform, factor, shape }: NetworkInput,
  features: DenseMatrix,
  present?: Uint8Array,
): SampleArray {
  const { values } = transform.apply(features, present);
  return {
    shape: [features.rows, ...shape],
    values: factor === 1 ? values : values.map((value) => value * factor),
  };
}
