import type { Modality } from './modality.js';

/** Shape of one sample of a modality: `[d]`, or `[height, width, channels]` for images. */
export function sampleShape(modality: Modality): readonly number[] {
  if (modality.kind === 'vectors') return [modality.features.columns];
  return [modality.height, modality.width, modality.channels];
}
