import { applyFrontEnd, frontEndFeatures, type FrontEnd } from '@crossmodal/encoders';
import { fitNetworkInput, networkSamples, fitCentre, fitSignedSquareRoot, fitStandard, fitUnitRows, type FittedTransform } from '@crossmodal/transforms';
import { sampleShape, denseMatrix, images, type DenseMatrix, type Modality, type RandomSource } from '@crossmodal/core';
import type { ResolvedDefaultOptions } from './dm2c-options.js';

/** How rows of one modality become the vectors that its encoder sees, as plain data. */
export interface FeatureRecipe {
  readonly frontEnd: FrontEnd;
  /** Applied after it, in order. */
  readonly steps: readonly FittedTransform[];
}

/** A recipe, and the features of the rows it was fitted on, `[n, d]`. */
export interface FittedFeatures {
  readonly recipe: FeatureRecipe;
  readonly features: DenseMatrix<Float32Array>;
}

/** Features of rows by a fitted recipe, `[n, d]`. */
export async function applyFeatures(
  { frontEnd, steps }: FeatureRecipe,
  modality: Modality,
  signal?: AbortSignal,
): Promise<DenseMatrix<Float32Array>> {
  const features = await applyFrontEnd(frontEnd, modality, signal);
  return steps.reduce((rows, step) => step.apply(rows), features);
}

/** What the paper's preset sees: images in [0, 1] laid out as vectors; vectors by the signed root, unit rows, centred. */
export async function paperFeatures(
  modalities: readonly Modality[],
  signal?: AbortSignal,
): Promise<FittedFeatures[]> {
  const fitted: FittedFeatures[] = [];
  for (const modality of modalities) {
    const recipe = { frontEnd: { input: fitNetworkInput(modality, 'unit') }, steps: [] };
    fitted.push({ recipe, features: await applyFeatures(recipe, modality, signal) });
  }
  return fitted;
}

/** What {@link defaultFeatures} takes beside the modalities. */
export interface DefaultFeaturesOptions {
  readonly resolved: ResolvedDefaultOptions;
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
  { resolved, shared, random, signal }: DefaultFeaturesOptions,
): Promise<FittedFeatures[]> {
  const { filters, kernelSize, cells } = resolved;
  const size = { filters, kernelSize, cells, signal };
  const common = shared
    ? await frontEndFeatures(together(modalities), { ...size, random: random.fork('filters') })
    : undefined;
  const fitted: FittedFeatures[] = [];
  for (const [v, modality] of modalities.entries()) {
    if (modality.kind === 'vectors') {
      const input = {
        name: modality.name,
        shape: sampleShape(modality),
        transform: fitStandard(modality.features),
        factor: 1,
      };
      const recipe = { frontEnd: { input }, steps: [] };
      fitted.push({ recipe, features: await applyFeatures(recipe, modality, signal) });
      continue;
    }
    const frontEnd =
      common?.frontEnd.convolution === undefined
        ? (await frontEndFeatures(modality, { ...size, random: random.fork(`filters ${v}`) })).frontEnd
        : { input: fitNetworkInput(modality, 'unit'), convolution: common.frontEnd.convolution };
    const raw = await applyFrontEnd(frontEnd, modality, signal);
    const root = fitSignedSquareRoot(raw);
    const unit = fitUnitRows(raw);
    const centre = fitCentre(unit.apply(root.apply(raw)));
    const steps = [root, unit, centre];
    fitted.push({
      recipe: { frontEnd, steps },
      features: steps.reduce((rows, step) => step.apply(rows), raw),
    });
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
