import type { tf } from '@crossmodal/tensors';
import type { BatchSource } from './batch-source.js';
import type { Minibatches } from './minibatches.js';
import { modalityDropout, type ModalityDropoutOptions, type WithMasks } from './modality-dropout.js';

/** Batches of several modalities, whose masks say which samples have each; undefined where all have it. */
export interface MaskedInputs {
  readonly modalities: readonly { readonly mask?: tf.Tensor | undefined }[];
}

/**
 * Batches with {@link modalityDropout} where samples lack modalities. With data in which no sample lacks anything, the batches stay as they are: there
 * is nothing that a modality alone would have to make up for.
 *
 * @throws CrossmodalError `option` when the rate is not in `0..1`.
 * @example
 * ```ts
 * const x = { shape: [2, 1], values: Float32Array.of(1, 2) };
 * const data = { modalities: [{ x, mask: undefined }, { x, mask: undefined }] };
 * const source = minibatches({ data, batchSize: 2, random: randomSource(1) });
 * const present = [undefined, undefined];
 * console.log(dropoutIfIncomplete(source, { present, rate: 0.5, random: randomSource(2) }) === source); // true
 * ```
 */
export function dropoutIfIncomplete<Inputs extends MaskedInputs>(
  source: Minibatches<Inputs>,
  options: ModalityDropoutOptions,
): BatchSource<Inputs | WithMasks<Inputs>> {
  const { present, rate } = options;
  if (rate === 0 || present.every((flags) => flags === undefined)) return source;
  return modalityDropout(source, options);
}
