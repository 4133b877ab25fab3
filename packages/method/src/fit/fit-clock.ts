import type { FitSeconds } from '@crossmodal/core';
import type { FitPause } from './fit-pause.js';

/** Times the stages of a fit by the pauses that they report. */
export interface FitClock {
  /** Passes pauses on; the first of phase `affinity` or `assign` ends the time before. */
  timed(pause: FitPause): FitPause;
  /** Seconds from the start to now. */
  elapsed(): number;
  /** Seconds by stage, until now. */
  seconds(): FitSeconds;
}

/**
 * Starts a clock.
 *
 * @param spent - seconds of training that lie behind
 */
export function fitClock(spent = 0): FitClock {
  const start = performance.now();
  const since: { affinity?: number; assign?: number } = {};
  const seconds = (from: number, to: number) => (to - from) / 1000;
  return {
    timed: (pause) => (phase, step, steps, note) => {
      if (phase === 'affinity' || phase === 'assign') since[phase] ??= performance.now();
      return note === undefined ? pause(phase, step, steps) : pause(phase, step, steps, note);
    },
    elapsed: () => spent + seconds(start, performance.now()),
    seconds() {
      const end = performance.now();
      const assign = since.assign ?? end;
      const affinity = Math.min(since.affinity ?? assign, assign);
      return {
        fit: spent + seconds(start, affinity),
        affinity: seconds(affinity, assign),
        assign: seconds(assign, end),
      };
    },
  };
}
