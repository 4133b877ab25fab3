import { denseMatrix, images, sampleShape, type Modality, type RandomSource } from '@crossmodal/core';
import { frontEndFeatures } from '@crossmodal/encoders';
import {
  fitCentre,
  fitNetworkInput,
  fitSignedSquareRoot,
  fitStandard,
  fitUnitRows,
  networkSamples,
} from '@crossmodal/transforms';
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
  { shared, random, ...size }: DefaultFeaturesOptions,
): Promise<FittedFeatures[]> {
  const { signal } = size;
  const common = shared
    ? (await frontEndFeatures(together(modalities), { ...size, random: random.fork('filters') })).frontEnd
    : undefined;
  const fitted: FittedFeatures[] = [];
  for (const [v, modality] of modalities.entries()) {
    if (modality.kind === 'vectors') {
      const { name, features } = modality;
      const input = { name, shape: sampleShape(modality), transform: fitStandard(features), factor: 1 };
      fitted.push(await plainFeatures({ input }, modality, signal));
      continue;
    }
    const frontEnd =
      common?.convolution === undefined
        ? (await frontEndFeatures(modality, { ...size, random: random.fork(`filters ${v}`) })).frontEnd
        : { input: fitNetworkInput(modality, 'unit'), convolution: common.convolution };
    const raw = await plainFeatures(frontEnd, modality, signal);
    fitted.push(withSteps(raw, [fitSignedSquareRoot, fitUnitRows, fitCentre]));
  }
  return fitted;
}

/** All images as one modality, each scaled as its own modality is. */
function together(modalities: readonly Modality[]): Modality {
  const scaled = modalities.map((modality) =>
    networkSamples(fitNetworkInput(modality, 'unit'), modality.features),
  );
  const rows = scaled.reduce((sum, { shape }) => sum + shape[0]!, 0);
  const [height = 1, width = 1, channels = 1] = sampleShape(modalities[0]!);
  const values = new Float32Array(rows * height * width * channels);
  let at = 0;
  for (const part of scaled) {
    values.set(part.values, at);
    at += part.values.length;
  }
  return images('all', denseMatrix(values, rows, height * width * channels), { height, width, channels });
}
