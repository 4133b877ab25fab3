import type { RandomSource } from '@crossmodal/core';
import type { MemberSpec } from './member-options.js';

/** One member: a method, its options and a seed. */
export interface Member {
  /** The method, with a number where several members have it, such as `dmim 2`. */
  readonly name: string;
  readonly method: string;
  readonly options: Readonly<Record<string, unknown>>;
  /** Seed of its fit, `0..2^32-1`. */
  readonly seed: number;
}

/**
 * Lists members one by one, each with a seed: that of the i-th member of a method depends on the random source, the method and i alone, so members that are
 * added or left out do not change the others.
 */
export function listMembers(specs: readonly Required<MemberSpec>[], random: RandomSource): readonly Member[] {
  const total = new Map<string, number>();
  for (const { method, seeds } of specs) total.set(method, (total.get(method) ?? 0) + seeds);
  const seen = new Map<string, number>();
  return specs.flatMap(({ method, seeds, options }) =>
    Array.from({ length: seeds }, () => {
      const number = (seen.get(method) ?? 0) + 1;
      seen.set(method, number);
      return {
        name: total.get(method) === 1 ? method : `${method} ${number}`,
        method,
        options,
        seed: random.fork(`member ${method} ${number}`).integer(2 ** 32),
      };
    }),
  );
}
