import type { DenseMatrix, Modality, RandomSource } from '@crossmodal/core';
import { fitNetworkInput, type NetworkInput } from '@crossmodal/transforms';
import { namedInitialiser } from '../initialisers/named-initialiser.js';
import { applyFrontEnd } from './apply-front-end.js';
import type { FixedConvolution, FrontEnd } from './front-end.js';
import { imageFrontEnd, type ImageFrontEndSize } from './image-front-end.js';

/** What {@link frontEndFeatures} takes. */
export interface FrontEndFeaturesOptions extends ImageFrontEndSize {
  /** Draws the patches of the filters. */
  readonly random: RandomSource;
  /** Stops the computation with an `aborted` error. */
  readonly signal?: AbortSignal | undefined;
}

/** The outcome of {@link frontEndFeatures}. */
export interface FrontEndFeatures {
  /** Features of all rows, zero where absent, shape `[n, q]`. */
  readonly features: DenseMatrix<Float32Array>;
  /** Applies to new samples with {@link applyFrontEnd}; saved with {@link packFrontEnds}. */
  readonly frontEnd: FrontEnd;
}

/**
 * Computes the untrained features of the image front end once for all rows, so that small networks can train on them: images in [0, 1]
 * through the convolution of {@link imageFrontEnd}, its ReLU, pooling and contrast normalisation, `q = cells^2 filters` values or so; vectors
 * by the `unit` scale of {@link fitNetworkInput}.
 *
 * Rows are worked on in chunks: beside input and output, memory does not grow with `n`. Give rows in canonical order, since patches are
 * drawn by row number. Large images cost `q` values a row; more pooling, that is fewer `cells`, makes them fewer.
 *
 * @throws CrossmodalError `aborted` when the signal fires.
 * @example
 * ```ts
 * import { denseMatrix, images, randomSource } from '@crossmodal/core';
 * const random = randomSource(1);
 * const pixels = Float32Array.from({ length: 20 * 64 }, () => random.uniform());
 * const modality = images('noise', denseMatrix(pixels, 20, 64), { height: 8, width: 8 });
 * const { features, frontEnd } = await frontEndFeatures(modality, { filters: 4, cells: 2, random });
 * console.log(features.columns); // 16
 * console.log((await applyFrontEnd(frontEnd, modality)).rows); // 20
 * ```
 */
export async function frontEndFeatures(
  modality: Modality,
  { random, signal, ...size }: FrontEndFeaturesOptions,
): Promise<FrontEndFeatures> {
  const input = fitNetworkInput(modality, 'unit');
  const convolution =
    modality.kind === 'images' ? fixedConvolution(modality, input, size, random) : undefined;
  const frontEnd = convolution === undefined ? { input } : { input, convolution };
  return { features: await applyFrontEnd(frontEnd, modality, signal), frontEnd };
}

/** The convolution of {@link imageFrontEnd} for one modality of images, its filters from their patches. */
export function fixedConvolution(
  modality: Modality,
  { shape }: NetworkInput,
  size: ImageFrontEndSize,
  random: RandomSource,
): FixedConvolution {
  const { layer, initialiser } = imageFrontEnd({ shapes: [shape], modalities: [modality], ...size });
  const { filters, kernelSize, pool = 1 } = layer;
  const channels = shape[2]!;
  const area = kernelSize * kernelSize;
  const fans = { fanIn: area * channels, fanOut: area * filters };
  const start = namedInitialiser(initialiser(0));
  return {
    filters,
    kernelSize,
    pool,
    kernel: start([kernelSize, kernelSize, channels, filters], fans, random),
  };
}
