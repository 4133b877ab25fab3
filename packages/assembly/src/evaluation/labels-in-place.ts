/**
 * Undoes `selectRows` by a permutation for labels: label k goes back to object `order[k]`.
 *
 * @param order - a permutation of `0..n-1`, as `canonicalOrder` gives it
 */
export function labelsInPlace(labels: ArrayLike<number>, order: ArrayLike<number>): Int32Array {
  const placed = new Int32Array(labels.length);
  for (let k = 0; k < labels.length; k++) placed[order[k]!] = labels[k]!;
  return placed;
}
