import { CrossmodalError, throwIfAborted } from '@crossmodal/core';
import { KrylovSpace, type RitzPairs } from './krylov-space.js';
import type { SymmetricOperator } from './symmetric-operator.js';

/** What {@link blockLanczos} needs to know. */
export interface LanczosOptions {
  readonly count: number;
  readonly tolerance: number;
  readonly maxRestarts: number;
  readonly blockSize: number;
  /** A random vector, new at each call. */
  readonly draw: () => Float64Array;
  /** How much of each residual counts, in `[0, 1]`, given upper estimates of the eigenvalues. */
  readonly importance?: ((values: Float64Array) => Float64Array) | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly where: string;
}

/** Largest eigenvalues, descending, and their eigenvectors as rows, `[count, n]`. */
export interface EigenRows {
  readonly values: Float64Array;
  readonly rows: Float64Array;
}

/**
 * Thick-restart block Lanczos with full orthogonalisation.
 *
 * A block of width b finds at most b copies of a repeated eigenvalue. So when b or more wanted eigenvalues agree, others
 * may hide: the search goes on from fresh random directions, for as many products as the first search took, until no
 * further copy appears.
 */
export function blockLanczos(operator: SymmetricOperator, options: LanczosOptions): EigenRows {
  const { count, tolerance, maxRestarts, blockSize, signal, where } = options;
  const n = operator.size;
  const limit = Math.min(n, Math.max(2 * count + 8, count + 6 * blockSize, 24));
  const space = new KrylovSpace(operator, limit, blockSize, options.draw);
  let searchStart = 0;
  let firstSearch = 0;
  let proven: Float64Array | undefined;
  let worst = Infinity;
  let nextLook = Math.min(limit, count + 2 * blockSize);
  for (let restarts = 0; restarts <= maxRestarts;) {
    throwIfAborted(signal, where);
    while (space.frontier > 0 && space.processed + space.frontier <= limit && space.processed < nextLook)
      space.expand();
    const pairs = space.ritz();
    worst = worstResidual(pairs, space, options);
    const complete = space.frontier === 0;
    if (complete || worst <= tolerance * space.norm) {
      if (complete || !mayHideCopies(pairs.values, count, blockSize, tolerance * space.norm))
        return result(pairs, space, count);
      if (firstSearch === 0) firstSearch = space.products;
      const searched = space.products - searchStart >= firstSearch;
      if (
        searched &&
        proven !== undefined &&
        sameValues(proven, pairs.values, count, tolerance * space.norm)
      ) {
        return result(pairs, space, count);
      }
      if (searched) {
        proven = pairs.values.slice(0, count);
        searchStart = space.products;
        space.restartAfresh(pairs, count);
        nextLook = limit;
        restarts++;
        continue;
      }
    }
    if (space.processed + space.frontier > limit) {
      // Half of the room beyond the wanted pairs holds on to those that converge next; the other half is for new directions.
      space.restart(pairs, Math.min(space.processed - 1, count + Math.floor((limit - count) / 3)));
      restarts++;
    }
    nextLook = Math.min(limit, space.processed + Math.max(8, 2 * blockSize));
  }
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

function worstResidual(pairs: RitzPairs, space: KrylovSpace, { count, importance }: LanczosOptions): number {
  if (pairs.values.length < count) return space.frontier === 0 ? 0 : Infinity;
  // A Ritz value can still grow by about its residual.
  const weights = importance?.(pairs.values.slice(0, count).map((value, i) => value + pairs.residuals[i]!));
  let worst = 0;
  for (let i = 0; i < count; i++) worst = Math.max(worst, pairs.residuals[i]! * (weights?.[i] ?? 1));
  return worst;
}

/** Whether some run of at least `width` equal values ends before the last wanted one (copies of the last would not matter). */
function mayHideCopies(values: Float64Array, count: number, width: number, tolerance: number): boolean {
  const equal = 100 * tolerance;
  let run = 1;
  for (let i = 1; i < count; i++) {
    run = values[i - 1]! - values[i]! <= equal ? run + 1 : 1;
    if (run >= width && values[i]! - values[count - 1]! > equal) return true;
  }
  return width === 1 && count > 1 && values[0]! - values[count - 1]! > equal;
}

function sameValues(before: Float64Array, after: Float64Array, count: number, tolerance: number): boolean {
  for (let i = 0; i < count; i++) if (Math.abs(before[i]! - after[i]!) > 100 * tolerance) return false;
  return true;
}
