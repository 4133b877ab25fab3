import { restoreRows } from '@crossmodal/core';
import type { PreparedModality } from './prepared-modality.js';

/**
 * A prepared modality with its rows put back: row k goes to `order[k]`.
 *
 * @param order - a permutation of `0..n-1`
 */
export function restorePrepared(modality: PreparedModality, order: ArrayLike<number>): PreparedModality {
  const features = restoreRows(modality.features, order);
  if (modality.present === undefined) return { ...modality, features };
  const present = new Uint8Array(order.length);
  modality.present.forEach((flag, k) => {
    present[order[k]!] = flag;
  });
  return { ...modality, features, present };
}
