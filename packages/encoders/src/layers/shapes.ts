import { CrossmodalError } from '@crossmodal/core';
import type { tf } from '@crossmodal/tensors';

/** Number of values in one sample of a shape. */
export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1);
}

/** Writes a shape without its batch as `[n, ...]`. */
export function batchShape(shape: readonly number[]): string {
  return `[${['n', ...shape].join(', ')}]`;
}

/** Whether two shapes are the same. */
export function sameShape(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((size, axis) => size === b[axis]);
}

/**
 * Checks a batch against the shape of one sample.
 *
 * @throws CrossmodalError `shape` when the tensor is not `[n, ...shape]`.
 */
export function checkBatch(where: string, x: tf.Tensor, shape: readonly number[]): void {
  if (sameShape(x.shape.slice(1), shape) && x.rank === shape.length + 1) return;
  throw new CrossmodalError({
    code: 'shape',
    where,
    expected: `a tensor of shape ${batchShape(shape)}`,
    received: `[${x.shape.join(', ')}]`,
  });
}

/**
 * Checks a size option.
 *
 * @throws CrossmodalError `option` when the value is not an integer of 1 or more.
 */
export function checkSize(where: string, option: string, value: number): void {
  if (Number.isInteger(value) && value >= 1) return;
  throw new CrossmodalError({
    code: 'option',
    where: `${where} option '${option}'`,
    expected: 'an integer of 1 or more',
    received: String(value),
  });
}

/**
 * Checks the shape of images, `[height, width, channels]`.
 *
 * @throws CrossmodalError `option` when it has not three sizes of 1 or more.
 */
export function checkImageShape(where: string, shape: readonly number[]): readonly [number, number, number] {
  if (shape.length === 3 && shape.every((size) => Number.isInteger(size) && size >= 1)) {
    return shape as readonly [number, number, number];
  }
  throw new CrossmodalError({
    code: 'option',
    where: `${where} option 'inputShape'`,
    expected: '[height, width, channels]',
    received: `[${shape.join(', ')}]`,
  });
}
