import { CrossmodalError } from '@crossmodal/core';
import type { ConvergenceRule } from './convergence-rule.js';

/** What {@link settled} takes. */
export interface SettledOptions {
  /** Reads the representation that is watched: coefficients, embeddings, memberships; always of one length. */
  readonly read: () => Promise<ArrayLike<number>> | ArrayLike<number>;
  /** Steps between looks. @defaultValue 10 */
  readonly every?: number;
  /** Relative change between looks below which the representation counts as settled, 0 or more. @defaultValue 1e-2 */
  readonly tolerance?: number;
  /** Settled looks in a row that end the run. @defaultValue 3 */
  readonly patience?: number;
}

/**
 * Stops when a representation R no longer moves: a look is settled when `||R_t - R_(t - every)|| <= tolerance ||R_t||`
 * (Frobenius), and `patience` settled looks in a row end the run.
 *
 * @throws CrossmodalError `option` when a setting is out of range; `shape`, while running, when the representation changes its length.
 */
export function settled({
  read,
  every = 10,
  tolerance = 1e-2,
  patience = 3,
}: SettledOptions): ConvergenceRule {
  if (!Number.isInteger(every) || every < 1) refuse('every', 'an integer of 1 or more', every);
  if (!Number.isInteger(patience) || patience < 1) refuse('patience', 'an integer of 1 or more', patience);
  if (!(tolerance >= 0)) refuse('tolerance', 'a number of 0 or more', tolerance);
  return {
    start() {
      let last: Float64Array | undefined;
      let still = 0;
      let seen = 0;
      return {
        async observe() {
          if (++seen % every !== 0) return false;
          const now = Float64Array.from(await read());
          if (last !== undefined) still = change(last, now) <= tolerance ? still + 1 : 0;
          last = now;
          return still >= patience;
        },
      };
    },
  };
}

function change(before: Float64Array, now: Float64Array): number {
  if (before.length !== now.length) {
    throw new CrossmodalError({
      code: 'shape',
      where: 'settled',
      expected: `a representation of ${before.length} values`,
      received: `${now.length}`,
    });
  }
  let moved = 0;
  let size = 0;
  for (let i = 0; i < now.length; i++) {
    moved += (now[i]! - before[i]!) ** 2;
    size += now[i]! ** 2;
  }
  if (moved === 0) return 0;
  return Math.sqrt(moved / size);
}

function refuse(option: string, expected: string, received: number): never {
  throw new CrossmodalError({
    code: 'option',
    where: `settled option '${option}'`,
    expected,
    received: String(received),
  });
}
