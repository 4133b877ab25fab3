import { trainJointly, type SubspaceContext } from '@crossmodal/assembly';
import type { HistoryEntry } from '@crossmodal/core';
import type { CompletePaperOptions } from './paper-rules.js';

/** Trains as the public code does, `||S||^2` and all errors as sums; self-expression has half the weight of a modality's reconstruction. */
export function trainPaper(
  context: SubspaceContext,
  options: CompletePaperOptions,
): Promise<readonly HistoryEntry[]> {
  // With spatial fusion the one latent has the weight 1/2.
  const halves = options.fusion === 'affinity' ? options.modalityWeights.map((weight) => weight / 2) : [0.5];
  return trainJointly(context, {
    ...options,
    reconstructionWeights: options.modalityWeights,
    selfExpressionWeights: halves.map((half) => options.selfExpressionWeight * half),
  });
}
