import { presenceOf } from '@crossmodal/core';
import { frontEndFeatures } from '@crossmodal/encoders';
import type { ResolvedOptions } from '@crossmodal/method';
import { applyWhitening, fitSqc, fitUnitRows, fitWhitening } from '@crossmodal/transforms';
import { featureInputs } from '../inputs/feature-inputs.js';
import { whitenedModalities } from '../inputs/prepared-modality.js';
import { inputOptions } from '../options.js';

/** Features of a fixed convolution for images; then, for all, rows on the sphere and principal components whitened with a ridge. */
export const defaultInputs = featureInputs<ResolvedOptions<typeof inputOptions>>({
  options: inputOptions,
  schema: whitenedModalities,
  async fitModality(modality, { options, random, signal }) {
    const { filters, kernelSize, cells, components, ridge } = options;
    const { frontEnd, features } = await frontEndFeatures(modality, {
      filters,
      kernelSize,
      cells,
      random: random.fork('filters'),
      signal,
    });
    const whitening = fitWhitening(features, {
      // Vectors come as roots on the sphere already.
      sphere: modality.kind === 'images' ? fitSqc : fitUnitRows,
      components,
      ridge,
      random: random.fork('components'),
      present: presenceOf(modality),
    });
    return {
      prepared: { frontEnd, whitening },
      features: applyWhitening(whitening, features, modality.present),
    };
  },
});
