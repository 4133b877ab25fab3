import type { HistoryEntry } from '@crossmodal/core';
import type { MethodTypes } from '../recipe/method-types.js';
import type { Fit } from '../recipe/training.js';

/** A fit whose training has ended. */
export interface TrainedRun<M extends MethodTypes> {
  readonly fit: Fit<M>;
  /** Losses of every step of the run that was kept. */
  readonly history: readonly HistoryEntry[];
  /** What decided between runs; empty when there was one. */
  readonly runLosses: readonly number[];
}
