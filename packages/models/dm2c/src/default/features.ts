import { sampleShape, type Modality, type RandomSource } from '@crossmodal/core';
import { sharedFrontEnds } from '@crossmodal/encoders';
import { fitCentre, fitSignedSquareRoot, fitStandard, fitUnitRows } from '@crossmodal/transforms';
import { plainFeatures, withSteps, type FittedFeatures } from '../inputs/feature-recipe.js';

/** Options of {@link defaultFeatures}. */
export interface DefaultFeaturesOptions {
  readonly filters: number;
  readonly kernelSize: number;
  readonly cells: number;
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
  const common = shared
    ? sharedFrontEnds(modalities, { ...size, random: random.fork('filters') })
    : undefined;
  const fitted: FittedFeatures[] = [];
  for (const [v, modality] of modalities.entries()) {
    if (modality.kind === 'vectors') {
      const { name, features } = modality;
      const input = { name, shape: sampleShape(modality), transform: fitStandard(features), factor: 1 };
      fitted.push(await plainFeatures({ input }, modality, signal));
      continue;
    }
    const own = () => sharedFrontEnds([modality], { ...size, random: random.fork(`filters ${v}`) })[0]!;
    const raw = await plainFeatures(common?.[v] ?? own(), modality, signal);
    fitted.push(withSteps(raw, [fitSignedSquareRoot, fitUnitRows, fitCentre]));
  }
  return fitted;
}
