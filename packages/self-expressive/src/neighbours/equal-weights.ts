import { modalityPairs } from './modality-pairs.js';
import type { ModalityWeights } from './modality-weights.js';

/**
 * The same weight for each of V modalities, `1 / V`, and for each pair of them.
 *
 * @example
 * ```ts
 * equalWeights(2); // { pairs: [1], modalities: [0.5, 0.5] }
 * ```
 */
export function equalWeights(modalities: number): ModalityWeights {
  const pairs = modalityPairs(modalities);
  return {
    pairs: pairs.map(() => 1 / pairs.length),
    modalities: Array.from({ length: modalities }, () => 1 / modalities),
  };
}
