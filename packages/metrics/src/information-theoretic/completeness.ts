import type { Labels } from '../labels.js';
import { homogeneity } from './homogeneity.js';

/**
 * Completeness: how far each class is in one cluster only, 1 − H(predicted | truth) / H(predicted).
 * A single cluster gives 1.
 *
 * @param truth - true labels, `[n]`, of any values
 * @param predicted - predicted labels, `[n]`, of any values
 * @returns a number in `[0, 1]`
 * @throws CrossmodalError `shape` when the lengths differ or there is no label; `value` on NaN labels.
 * @see Rosenberg and Hirschberg, V-Measure, 2007
 * @example
 * ```ts
 * completeness([0, 0, 1, 1], [0, 0, 0, 0]); // 1
 * ```
 */
export function completeness(truth: Labels, predicted: Labels): number {
  return homogeneity(predicted, truth);
}
