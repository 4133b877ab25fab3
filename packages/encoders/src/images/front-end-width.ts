import { convolutionShapes } from '../convolution-shapes.js';
import { sizeOf } from '../layers/shapes.js';
import type { FrontEnd } from './front-end-features.js';

/**
 * Features `q` that a front end gives of each row.
 *
 * @example
 * ```ts
 * import { fromRows, vectors } from '@crossmodal/core';
 * import { fitNetworkInput } from '@crossmodal/transforms';
 * const input = fitNetworkInput(vectors('points', fromRows([[1, 2, 3], [3, 1, 0]])), 'unit');
 * console.log(frontEndWidth({ input })); // 3
 * ```
 */
export function frontEndWidth({ input: { shape }, convolution }: FrontEnd): number {
  return sizeOf(convolution === undefined ? shape : convolutionShapes(shape, [convolution]).at(-1)!);
}
