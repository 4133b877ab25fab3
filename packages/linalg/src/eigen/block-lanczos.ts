import { CrossmodalError, throwIfAborted } from '@crossmodal/core';
import type { EigenRows, KnownEigenvectors } from './eigen-rows.js';
import { KrylovSpace, type RitzPairs } from './krylov-space.js';
import type { SymmetricOperator } from '../operators/symmetric-operator.js';

/** Options of {@link blockLanczos}. */
export interface LanczosOptions {
  /** Pairs wanted. */
  readonly count: number;
  /** Largest residual, as a part of the norm. */
  readonly tolerance: number;
  /** Restarts before giving up; those that only look for further copies of converged eigenvalues do not count. */
  readonly maxRestarts: number;
  /** Solves the problem another way after `maxRestarts` restarts of either kind, where that costs less than going on. */
  readonly otherwise?: (() => EigenRows) | undefined;
  /** Solves the problem another way where this one has given up. */
  readonly atLast?: (() => EigenRows) | undefined;
  /** Width of the frontier. */
  readonly blockSize: number;
  /** A random vector, new at each call. */
  readonly draw: () => Float64Array;
  /** How much of each residual counts, in `[0, 1]`, given upper estimates of the eigenvalues. */
  readonly importance?: ((values: Float64Array) => Float64Array) | undefined;
  /** Exact eigenvectors of the largest eigenvalue, all that there are. */
  readonly known?: KnownEigenvectors | undefined;
  /** Stops the search between looks. */
  readonly signal?: AbortSignal | undefined;
  /** The public function that errors name. */
  readonly where: string;
}

/** Width of the block that looks for further copies: most repeated eigenvalues are found in one go. */
const PROBE = 8;

/**
 * Thick-restart block Lanczos with full orthogonalisation.
 *
 * A block of width b finds at most b copies of a repeated eigenvalue. So when b or more wanted eigenvalues agree, others
 * may hide: the search goes on from fresh random directions, in blocks of 8, for as many block steps as it took to find those,
 * and again while it finds 8 or more.
 */
export function blockLanczos(operator: SymmetricOperator, options: LanczosOptions): EigenRows {
  const {
    count,
    tolerance,
    maxRestarts,
    blockSize,
    known = { value: 0, vectors: [] },
    otherwise,
    atLast,
    signal,
    where,
  } = options;
  const n = operator.size;
  const limit = Math.min(n, Math.max(2 * count + 8, count + 6 * blockSize, count + 2 * PROBE));
  const space = new KrylovSpace(n, limit, Math.max(PROBE, blockSize), options.draw);
  for (const vector of known.vectors) space.lock(vector, known.value);
  space.widen(blockSize);
  const foundAfter = new Float64Array(count).fill(Infinity);
  let width = blockSize;
  let probe: { readonly values: Float64Array; readonly until: number } | undefined;
  let worst = Infinity;
  let nextLook = Math.min(limit, count + 2 * blockSize);
  // The look for copies ends by itself after a number of steps: giving up on it would give up on pairs that are found.
  for (let restarts = 0, looks = 0; restarts <= maxRestarts;) {
    if (otherwise !== undefined && restarts + looks > maxRestarts) return otherwise();
    throwIfAborted(signal, where);
    while (space.frontier > 0 && space.processed + space.frontier <= limit && space.processed < nextLook)
      space.expand(operator, width);
    const pairs = space.ritz();
    const residuals = weighedResiduals(pairs, space, options);
    worst = residuals.reduce((a, b) => Math.max(a, b), 0);
    const allowed = tolerance * space.norm;
    if (probe === undefined)
      for (let i = 0; i < count && residuals[i]! <= allowed; i++)
        foundAfter[i] = Math.min(foundAfter[i]!, space.steps);
    if (space.frontier === 0) return result(pairs, space, count);
    if (worst <= allowed && (probe === undefined || space.steps >= probe.until)) {
      const last = lastSuspect(pairs.values, known.vectors.length, count, blockSize, allowed);
      // As many new copies as the probe is wide: there may be more.
      const values = pairs.values.slice(0, count);
      if (last < 0 || (probe !== undefined && arrivals(probe.values, values, allowed) < PROBE))
        return result(pairs, space, count);
      probe = { values, until: space.steps + foundAfter[last]! };
      width = PROBE;
      space.restartAfresh(pairs, count, width);
      nextLook = limit;
      looks++;
      continue;
    }
    if (space.processed + space.frontier > limit) {
      // A third of the room beyond the wanted pairs holds on to those that converge next; the rest is for new directions.
      space.restart(pairs, Math.min(space.processed - 1, count + Math.floor((limit - count) / 3)));
      if (worst <= allowed) looks++;
      else restarts++;
    }
    // A look costs the cube of the space: in large ones many products are cheaper than a look.
    nextLook = Math.min(limit, space.processed + Math.max(8, 2 * width, Math.floor(space.processed / 6)));
  }
  if (otherwise !== undefined) return otherwise();
  if (atLast !== undefined) return atLast();
  throw new CrossmodalError({
    code: 'diverged',
    where,
    expected: `${count} eigenpairs with residuals of at most ${tolerance} of the norm`,
    received: `a residual of ${worst / space.norm} after ${maxRestarts} restarts`,
    advice: 'Raise maxRestarts or tolerance.',
  });
}

function result(pairs: RitzPairs, space: KrylovSpace, count: number): EigenRows {
  return { values: pairs.values.slice(0, count), rows: space.vectors(pairs, count) };
}

/** How many of the descending values are new: not among those before. */
function arrivals(before: Float64Array, now: Float64Array, allowed: number): number {
  let count = 0;
  let i = 0;
  for (const value of now) {
    while (i < before.length && before[i]! > value + 10 * allowed) i++;
    if (i < before.length && before[i]! >= value - 10 * allowed) i++;
    else count++;
  }
  return count;
}

function weighedResiduals(
  pairs: RitzPairs,
  space: KrylovSpace,
  { count, importance }: LanczosOptions,
): Float64Array {
  if (pairs.values.length < count) return new Float64Array(count).fill(space.frontier === 0 ? 0 : Infinity);
  // A Ritz value can still grow by about its residual.
  const weights = importance?.(pairs.values.slice(0, count).map((value, i) => value + pairs.residuals[i]!));
  return pairs.residuals.slice(0, count).map((residual, i) => residual * (weights?.[i] ?? 1));
}

/**
 * The last of the wanted values, from index `first` on, that end a run of at least `width` equal ones, so that more copies may hide; −1 if there is none.
 * Copies of the smallest wanted value would not matter.
 */
function lastSuspect(
  values: Float64Array,
  first: number,
  count: number,
  width: number,
  allowed: number,
): number {
  // Two eigenvalues can pass for one pair only when a mixture of them has a residual of half their distance.
  const equal = 10 * allowed;
  let last = -1;
  let run = 0;
  for (let i = first; i < count && values[i]! - values[count - 1]! > equal; i++) {
    run = i > first && values[i - 1]! - values[i]! <= equal ? run + 1 : 1;
    if (run >= width) last = i;
  }
  return last;
}
