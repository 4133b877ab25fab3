/** Steps of a stage: its epochs, but a number of steps at least; a stage of no epochs has none. */
export function stageSteps(epochs: number, stepsPerEpoch: number, least: number): number {
  return epochs === 0 ? 0 : Math.max(epochs * stepsPerEpoch, least);
}

/** Samples of a step: no more than there are. */
export function batchSizeOf(
  { modalities }: { readonly modalities: readonly { readonly x: { readonly shape: readonly number[] } }[] },
  batchSize: number,
): number {
  return Math.min(batchSize, modalities[0]!.x.shape[0]!);
}
