import type { RandomSource } from '@crossmodal/core';

/** A random source, and whether anything was drawn from it. */
export function watched(source: RandomSource): {
  readonly random: RandomSource;
  readonly drawn: () => boolean;
} {
  let used = false;
  const use = () => {
    used = true;
    return source;
  };
  const random: RandomSource = {
    uniform: () => use().uniform(),
    normal: () => use().normal(),
    integer: (bound) => use().integer(bound),
    permutation: (n) => use().permutation(n),
    fork: (label) => use().fork(label),
  };
  return { random, drawn: () => used };
}
