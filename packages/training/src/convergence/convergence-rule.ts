import type { HistoryEntry } from '@crossmodal/core';

/** Watches one run. */
export interface ConvergenceObserver {
  /** Sees each step once, in order; true stops the run after it. */
  observe(entry: HistoryEntry): boolean | Promise<boolean>;
}

/**
 * Decides, without labels, when training has converged.
 *
 * A rule sees only what has happened, never how many steps are left: a longer run stops where a shorter one stopped.
 */
export interface ConvergenceRule {
  /** Begins to watch a run; a rule can serve many. */
  start(): ConvergenceObserver;
}
