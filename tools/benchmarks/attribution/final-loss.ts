import type { HistoryEntry } from '@crossmodal/core';

/** Share of the steps of the last phase over which the loss is averaged: that of a single minibatch is noisy. */
const SHARE = 0.1;

/** Mean total loss at the end of the last phase that has one; undefined where nothing was trained. */
export function finalLoss(history: readonly HistoryEntry[]): number | undefined {
  const totals = history.filter(({ losses }) => losses['total'] !== undefined);
  const last = totals.at(-1);
  if (last === undefined) return undefined;
  const own = totals.filter(({ phase }) => phase === last.phase);
  const end = own.slice(-Math.max(1, Math.round(SHARE * own.length)));
  return end.reduce((sum, { losses }) => sum + losses['total']!, 0) / end.length;
}
