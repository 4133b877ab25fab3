import type { SampleArray } from '@crossmodal/core';

/** One modality of paired training data. */
export interface PairedInput {
  /** What the network sees, shape `[n, ...]`. */
  readonly samples: SampleArray;
  /** What its decoder is asked for, shape `[n, ...]`; left out when nothing is. */
  readonly targets?: SampleArray | undefined;
  /** 1 where the row is present, length `n`; left out when all are. */
  readonly present?: Uint8Array | undefined;
}

/**
 * Names the arrays of a training step on paired data, for `minibatches` or `trainMinibatches`: `x0`, `x1`, ... samples; `y0`, ... targets of the
 * modalities that have them; `m0`, ... masks `[n, 1]` of 0 and 1 of the modalities with absent rows. Row i of each is one object.
 *
 * @example
 * ```ts
 * const samples = { shape: [2, 1], values: Float32Array.of(0.5, 0) };
 * const data = pairedInputs([{ samples, present: Uint8Array.of(1, 0) }]);
 * console.log(Object.keys(data)); // x0, m0
 * ```
 */
export function pairedInputs(modalities: readonly PairedInput[]): Record<string, SampleArray> {
  const data: Record<string, SampleArray> = {};
  modalities.forEach(({ samples, targets, present }, v) => {
    data[`x${v}`] = samples;
    if (targets !== undefined) data[`y${v}`] = targets;
    if (present !== undefined)
      data[`m${v}`] = { shape: [present.length, 1], values: Float32Array.from(present) };
  });
  return data;
}
