import type { HistoryEntry } from '@crossmodal/core';
import type * as z from 'zod';
import type { historySchema } from './schemas.js';

/** The history of a fit as plain data, see {@link historySchema}. */
export function packHistory(history: readonly HistoryEntry[]): z.infer<typeof historySchema> {
  return history.map(({ phase, step, losses }) => ({ phase, step, losses: { ...losses } }));
}
