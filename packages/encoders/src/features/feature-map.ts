import { denseMatrix } from '@crossmodal/core';
import type { Whitening } from '@crossmodal/transforms';
import { convolutionShapes } from '../convolutional/convolution-shapes.js';
import type { FrontEnd } from '../images/front-end.js';
import { sizeOf } from '../layers/shapes.js';

/** How a modality becomes features for a small network, as plain data: nothing to dispose of. */
export interface FeatureMap {
  readonly frontEnd: FrontEnd;
  /** Rows on a sphere, then whitened components; left out where the network sees the front end's features. */
  readonly whitening?: Whitening | undefined;
}

/**
 * Features `q` that a map gives of each row.
 *
 * @example
 * ```ts
 * import { fromRows, vectors } from '@crossmodal/core';
 * import { fitNetworkInput } from '@crossmodal/transforms';
 * const input = fitNetworkInput(vectors('points', fromRows([[1, 2, 3], [3, 1, 0]])), 'unit');
 * console.log(featureCount({ frontEnd: { input } })); // 3
 * ```
 */
export function featureCount({ frontEnd, whitening }: FeatureMap): number {
  const width = frontEndWidth(frontEnd);
  if (whitening === undefined) return width;
  return whitening.components.apply(denseMatrix(new Float32Array(0), 0, width)).columns;
}

/** Features that a front end gives of each row. */
export function frontEndWidth({ input: { shape }, convolution }: FrontEnd): number {
  return sizeOf(convolution === undefined ? shape : convolutionShapes(shape, [convolution]).at(-1)!);
}
