import type { Mixed, Modality, Paired } from '../modality.js';

/**
 * The order of the objects by their own content: present before absent, then feature by feature, modality after modality.
 *
 * A method that works on the objects in this order does not depend on the order in which it was given them; only objects that are
 * equal in every modality are told apart by it. Mixed data are ordered inside each modality, so their objects stay numbered modality
 * after modality.
 *
 * @returns row numbers, length `n`
 */
export function canonicalOrder(data: Paired | Mixed): Int32Array {
  if (data.kind === 'paired') return orderOf(data.modalities, data.n);
  const order = new Int32Array(data.n);
  let start = 0;
  for (const modality of data.modalities) {
    const { rows } = modality.features;
    order.set(
      orderOf([modality], rows).map((row) => start + row),
      start,
    );
    start += rows;
  }
  return order;
}

function orderOf(modalities: readonly Modality[], n: number): Int32Array {
  const compare = (a: number, b: number): number => {
    for (const { features, present } of modalities) {
      const presence = (present?.[b] ?? 1) - (present?.[a] ?? 1);
      if (presence !== 0) return presence;
      // What an absent row holds is no content.
      if (present?.[a] === 0) continue;
      const { columns, values } = features;
      for (let p = a * columns, q = b * columns, end = p + columns; p < end; p++, q++) {
        const difference = values[p]! - values[q]!;
        if (difference !== 0) return difference;
      }
    }
    return a - b;
  };
  return Int32Array.from({ length: n }, (_, i) => i).sort(compare);
}
