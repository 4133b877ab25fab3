import { CrossmodalError } from '@crossmodal/core';
import { checkModality } from '../checks/check-modality.js';

/** Options of {@link stableModalities}. */
export interface StableModalitiesOptions {
  /** Number of the modality that the others are matched with; it is always among the result. */
  readonly anchor: number;
  /** Least stability, as a share of the largest, `0..1`. */
  readonly share: number;
}

/**
 * Numbers of the modalities that are stable enough to be matched, ascending: the anchor, the most stable of the others, and all whose stability is at
 * least a share of the largest.
 *
 * @param stabilities - one per modality, see {@link clusterStability}
 * @throws CrossmodalError `option` when the anchor is not one of the modalities, or the share not in `0..1`.
 * @example
 * ```ts
 * stableModalities([0.9, 0.8, 0.1], { anchor: 0, share: 0.6 }); // 0, 1
 * ```
 */
export function stableModalities(
  stabilities: readonly number[],
  { anchor, share }: StableModalitiesOptions,
): number[] {
  checkModality("stableModalities option 'anchor'", anchor, stabilities.length);
  if (!(share >= 0 && share <= 1)) {
    throw new CrossmodalError({
      code: 'option',
      where: "stableModalities option 'share'",
      expected: 'a number in 0..1',
      received: String(share),
    });
  }
  const order = stabilities.map((_, v) => v).sort((a, b) => stabilities[b]! - stabilities[a]! || a - b);
  const floor = share * stabilities[order[0]!]!;
  const second = order.find((v) => v !== anchor);
  return order.filter((v) => v === anchor || v === second || stabilities[v]! >= floor).sort((a, b) => a - b);
}
