import { CrossmodalError, type RandomSource } from '@crossmodal/core';

/** Options of {@link drawPerClass}. */
export interface DrawPerClassOptions {
  /** Class of each sample. */
  readonly labels: ArrayLike<number | string>;
  /** Samples drawn from each class. */
  readonly perClass: number;
  readonly random: RandomSource;
}

/**
 * Draws the same number of samples from each class, without repeats, and gives their indices in ascending order.
 *
 * @throws CrossmodalError `option` when `perClass` is no positive whole number; `value` when a class has fewer samples.
 */
export function drawPerClass(options: DrawPerClassOptions): Int32Array {
  const { labels, perClass, random } = options;
  if (!Number.isInteger(perClass) || perClass < 1) {
    throw new CrossmodalError({
      code: 'option',
      where: "drawPerClass option 'perClass'",
      expected: 'a positive whole number',
      received: String(perClass),
    });
  }
  const drawn = new Map<number | string, number[]>();
  const classes = new Set(Array.from(labels));
  for (const i of random.permutation(labels.length)) {
    const members = drawn.get(labels[i]!) ?? [];
    if (members.length < perClass) members.push(i);
    drawn.set(labels[i]!, members);
  }
  for (const label of classes) {
    const found = drawn.get(label)!.length;
    if (found < perClass) {
      throw new CrossmodalError({
        code: 'value',
        where: 'drawPerClass',
        expected: `${perClass} samples of every class`,
        received: `${found} of class ${label}`,
      });
    }
  }
  return Int32Array.from([...drawn.values()].flat()).sort();
}
