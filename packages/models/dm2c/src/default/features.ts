import { sampleShape, type Modality, type RandomSource } from '@crossmodal/core';
import {
  applyFrontEnd,
  frontEndFeatures,
  sharedFrontEnds,
  withSteps,
  type FittedFeatures,
  type ImageFrontEndSize,
} from '@crossmodal/encoders';
import { fitCentre, fitSignedSquareRoot, fitStandard, fitUnitRows } from '@crossmodal/transforms';

/** Options of {@link defaultFeatures}. */
export interface DefaultFeaturesOptions extends ImageFrontEndSize {
  /** Whether images share their filters; they must have one size. */
  readonly shared: boolean;
  readonly random: RandomSource;
  readonly signal?: AbortSignal | undefined;
}

/**
 * What the default sees. Vectors: columns of mean 0 and deviation 1. Images: filters learned from patches, ReLU, pooling, contrast
 * normalisation, signed root, unit rows, minus the modality's mean.
 */
export async function defaultFeatures(
  modalities: readonly Modality[],
  { shared, random, signal, ...size }: DefaultFeaturesOptions,
): Promise<FittedFeatures[]> {
  const common = shared ? sharedFrontEnds(modalities, { ...size, random: random.fork('filters') }) : [];
  const fitted: FittedFeatures[] = [];
  for (const [v, modality] of modalities.entries()) {
    if (modality.kind === 'vectors') {
      const { name, features } = modality;
      const input = { name, shape: sampleShape(modality), transform: fitStandard(features), factor: 1 };
      fitted.push({
        frontEnd: { input },
        steps: [],
        features: await applyFrontEnd({ input }, modality, signal),
      });
      continue;
    }
    const frontEnd = common[v];
    const raw =
      frontEnd === undefined
        ? await frontEndFeatures(modality, { ...size, random: random.fork(`filters ${v}`), signal })
        : { frontEnd, features: await applyFrontEnd(frontEnd, modality, signal) };
    fitted.push(withSteps(raw, [fitSignedSquareRoot, fitUnitRows, fitCentre]));
  }
  return fitted;
}
