import type { SampleArray } from '@crossmodal/core';

/** What a decoder is asked for: the deviation from the mean sample. */
export interface RelativeTargets {
  /** `x - mean`, zero for absent samples, shape `[n, ...]`. */
  readonly samples: SampleArray;
  /** Mean square of the deviations over present samples; 1 where all are equal. */
  readonly variance: number;
  /** Values of one sample. */
  readonly sampleSize: number;
}

/** Takes the mean sample away, so that a reconstruction error of 1 is that of a decoder which always answers the mean. */
export function relativeTargets({ shape, values }: SampleArray, present?: Uint8Array): RelativeTargets {
  const n = shape[0]!;
  const size = values.length / n;
  const isThere = (i: number) => present === undefined || present[i] !== 0;
  const mean = new Float64Array(size);
  let count = 0;
  for (let i = 0; i < n; i++) {
    if (!isThere(i)) continue;
    count++;
    for (let q = 0; q < size; q++) mean[q]! += values[i * size + q]!;
  }
  for (let q = 0; q < size; q++) mean[q]! /= count;
  const deviations = new Float32Array(values.length);
  let squares = 0;
  for (let i = 0; i < n; i++) {
    if (!isThere(i)) continue;
    for (let q = 0; q < size; q++) {
      const deviation = values[i * size + q]! - mean[q]!;
      deviations[i * size + q] = deviation;
      squares += deviation * deviation;
    }
  }
  const variance = squares / (count * size);
  return { samples: { shape, values: deviations }, variance: variance > 0 ? variance : 1, sampleSize: size };
}
