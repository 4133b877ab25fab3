import type { Paired } from '@crossmodal/core';

/**
 * The order of the objects by their own content: present before absent, then feature by feature, modality after modality.
 *
 * A method that works on the objects in this order does not depend on the order in which it was given them; only objects that are
 * equal in every modality are told apart by it.
 *
 * @returns row numbers, length `n`
 */
export function canonicalOrder(data: Paired): Int32Array {
  const { modalities } = data;
  const compare = (a: number, b: number): number => {
    for (const { features, present } of modalities) {
      const presence = (present?.[b] ?? 1) - (present?.[a] ?? 1);
      if (presence !== 0) return presence;
      const { columns, values } = features;
      for (let p = a * columns, q = b * columns, end = p + columns; p < end; p++, q++) {
        const difference = values[p]! - values[q]!;
        if (difference !== 0) return difference;
      }
    }
    return a - b;
  };
  return Int32Array.from({ length: data.n }, (_, i) => i).sort(compare);
}
