import { fitWhitenedFeatures } from '@crossmodal/encoders';
import type { ResolvedOptions } from '@crossmodal/method';
import { featureInputs } from '../feature-inputs.js';
import { inputOptions } from '../options.js';

/** Features of a fixed convolution for images; then, for all, rows on the sphere and principal components whitened with a ridge. */
export const defaultInputs = featureInputs<ResolvedOptions<typeof inputOptions>>({
  options: inputOptions,
  fitModality: (modality, { options, random, signal }) =>
    fitWhitenedFeatures(modality, { ...options, random, signal }),
});
