import { CrossmodalError } from '@crossmodal/core';

/** How a convolution treats borders: `same` pads with zeros, `valid` does not pad. */
export type Padding = 'same' | 'valid';

/**
 * Size of a convolution's output along one axis: `ceil(size / stride)` with `same`, `floor((size - kernel) / stride) + 1`
 * with `valid`.
 *
 * @throws CrossmodalError `shape` when the kernel does not fit once.
 */
export function convolutionSize(
  where: string,
  size: number,
  kernel: number,
  stride: number,
  padding: Padding,
): number {
  if (padding === 'same') return Math.ceil(size / stride);
  if (kernel > size) {
    throw new CrossmodalError({
      code: 'shape',
      where,
      expected: `at least ${kernel} pixels, the size of the kernel`,
      received: `${size}`,
      advice: "Use padding 'same', a smaller kernel, or fewer layers.",
    });
  }
  return Math.floor((size - kernel) / stride) + 1;
}
