import { CrossmodalError } from '@crossmodal/core';
import type { ConvergenceRule } from './convergence-rule.js';

/** What {@link plateau} takes. */
export interface PlateauOptions {
  /** Loss term that is watched. @defaultValue 'total' */
  readonly term?: string;
  /** Steps that are averaged, so that noise is not taken for progress. @defaultValue 10 */
  readonly window?: number;
  /** Relative fall of the average over one window below which a step counts as flat, 0 or more. @defaultValue 1e-3 */
  readonly tolerance?: number;
  /** Flat steps in a row that end the run. @defaultValue 10 */
  readonly patience?: number;
}

/**
 * Stops when a loss no longer falls: with `m_t` the mean of the term over the last `window` steps, step t is flat when
 * `m_(t - window) - m_t < tolerance |m_(t - window)|`, and `patience` flat steps in a row end the run.
 *
 * Steps whose losses lack the term (another player's turn) are passed over. A loss that rises is flat too.
 *
 * @throws CrossmodalError `option` when a setting is out of range.
 */
export function plateau({
  term = 'total',
  window = 10,
  tolerance = 1e-3,
  patience = 10,
}: PlateauOptions = {}): ConvergenceRule {
  if (!Number.isInteger(window) || window < 1) refuse('window', 'an integer of 1 or more', window);
  if (!Number.isInteger(patience) || patience < 1) refuse('patience', 'an integer of 1 or more', patience);
  if (!(tolerance >= 0)) refuse('tolerance', 'a number of 0 or more', tolerance);
  return {
    start() {
      const recent: number[] = [];
      let flat = 0;
      return {
        observe({ losses }) {
          const value = losses[term];
          if (value === undefined) return false;
          recent.push(value);
          if (recent.length > 2 * window) recent.shift();
          if (recent.length < 2 * window) return false;
          const before = mean(recent.slice(0, window));
          const now = mean(recent.slice(window));
          flat = before - now < tolerance * Math.abs(before) || before === now ? flat + 1 : 0;
          return flat >= patience;
        },
      };
    },
  };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function refuse(option: string, expected: string, received: number): never {
  throw new CrossmodalError({
    code: 'option',
    where: `plateau option '${option}'`,
    expected,
    received: String(received),
  });
}
