import {
  CrossmodalError,
  denseMatrix,
  images,
  sampleShape,
  type Modality,
  type RandomSource,
} from '@crossmodal/core';
import { fitNetworkInput, networkSamples } from '@crossmodal/transforms';
import { batchShape, sameShape } from '../layers/shapes.js';
import { fixedConvolution } from './front-end-features.js';
import type { FrontEnd } from './front-end.js';
import type { ImageFrontEndSize } from './image-front-end.js';

/** Options of {@link sharedFrontEnds}. */
export interface SharedFrontEndsOptions extends ImageFrontEndSize {
  /** Draws the patches of the filters. */
  readonly random: RandomSource;
}

/**
 * Front ends of images of one size that share their filters, so that features of one modality mean the same as those of another; each is scaled to [0, 1]
 * by itself.
 *
 * @param modalities - images of one size, every row present
 * @returns one per modality, for {@link applyFrontEnd}
 * @throws CrossmodalError `shape` when one has no images of that size.
 * @example
 * ```ts
 * import { denseMatrix, images, randomSource } from '@crossmodal/core';
 * const random = randomSource(1);
 * const noise = (name: string) => {
 *   const pixels = Float32Array.from({ length: 20 * 64 }, () => random.uniform());
 *   return images(name, denseMatrix(pixels, 20, 64), { height: 8, width: 8 });
 * };
 * const [first, second] = sharedFrontEnds([noise('a'), noise('b')], { filters: 4, cells: 2, random });
 * console.log(first!.convolution === second!.convolution); // true
 * ```
 */
export function sharedFrontEnds(
  modalities: readonly Modality[],
  { random, ...size }: SharedFrontEndsOptions,
): FrontEnd[] {
  const shapes = modalities.map(sampleShape);
  if (!shareFrontEnds(modalities)) {
    throw new CrossmodalError({
      code: 'shape',
      where: 'sharedFrontEnds',
      expected: 'images of one size',
      received: shapes.map(batchShape).join(', '),
    });
  }
  const inputs = modalities.map((modality) => fitNetworkInput(modality, 'unit'));
  const scaled = modalities.map(({ features }, v) => networkSamples(inputs[v]!, features).values);
  const [height = 1, width = 1, channels = 1] = shapes[0]!;
  const columns = height * width * channels;
  const values = new Float32Array(scaled.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of scaled) {
    values.set(part, at);
    at += part.length;
  }
  const all = images('all', denseMatrix(values, values.length / columns, columns), {
    height,
    width,
    channels,
  });
  const convolution = fixedConvolution(all, fitNetworkInput(all, 'unit'), size, random);
  return inputs.map((input) => ({ input, convolution }));
}

/**
 * Whether modalities can share a front end: all of them are images of one size.
 *
 * @example
 * ```ts
 * import { fromRows, vectors } from '@crossmodal/core';
 * console.log(shareFrontEnds([vectors('points', fromRows([[1, 2], [3, 1]]))])); // false
 * ```
 */
export function shareFrontEnds(modalities: readonly Modality[]): boolean {
  const [first] = modalities;
  return modalities.every(
    (modality) => modality.kind === 'images' && sameShape(sampleShape(modality), sampleShape(first!)),
  );
}
