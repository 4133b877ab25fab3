/** How much modalities and their pairs count. */
export interface ModalityWeights {
  /** Weight of each pair, in the order of {@link modalityPairs}; the sum is 1. */
  readonly pairs: readonly number[];
  /** Weight of each modality; the sum is 1. */
  readonly modalities: readonly number[];
}
