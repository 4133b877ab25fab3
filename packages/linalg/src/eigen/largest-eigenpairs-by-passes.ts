import { checkInteger, checkNumber, CrossmodalError, denseMatrix, throwIfAborted } from '@crossmodal/core';
import type { PassOperator } from '../operators/pass-operator.js';
import { columnsWithFixedSigns } from './columns-with-fixed-signs.js';
import type { EigenpairOptions } from './eigenpair-options.js';
import type { Eigenpairs } from './eigenpairs.js';
import { KrylovSpace } from './krylov-space.js';

/** Options of {@link largestEigenpairsByPasses}. */
export interface PassEigenpairOptions extends Pick<
  EigenpairOptions,
  'count' | 'random' | 'tolerance' | 'signal'
> {
  /** Passes before giving up, 1 or more. @defaultValue 100 */
  readonly maxPasses?: number;
}

/** Vectors beyond the wanted ones in each block: they make the last wanted ones converge faster. */
const BEYOND = 8;

/** Blocks that the Krylov space holds where there is room, and at least. */
const [MOST_BLOCKS, LEAST_BLOCKS] = [8, 3];

/** Numbers that the Krylov space may hold: 256 MiB. */
const ROOM = 2 ** 25;

/**
 * The largest eigenvalues of a symmetric matrix and their eigenvectors where each product reads data from a disk. Block Lanczos with full
 * orthogonalisation, as in {@link largestEigenpairs}, with blocks that hold all wanted vectors, so that few products are needed. Residuals
 * ‖M u − w u‖ are at most `tolerance` ‖M‖, 1e-8 by default.
 *
 * @param operator - multiplies by an `[n, n]` symmetric matrix
 * @returns eigenvalues, descending, and unit eigenvectors as columns `[n, count]`, entry of largest magnitude positive
 * @throws CrossmodalError `option` on an option out of range; `diverged` when residuals stay above the tolerance; `aborted` on the signal.
 * @example
 * ```ts
 * const covariance = covarianceByPasses(blocksOf(fromRows([[-1, 1], [1, 3]])), { means: Float64Array.of(0, 2) });
 * console.log((await largestEigenpairsByPasses(covariance, { count: 1, random: randomSource(1) })).values); // 2
 * ```
 */
export async function largestEigenpairsByPasses(
  operator: PassOperator,
  options: PassEigenpairOptions,
): Promise<Eigenpairs> {
  const { count, random, tolerance = 1e-8, maxPasses = 100, signal } = options;
  const where = 'largestEigenpairsByPasses';
  const n = operator.size;
  checkInteger(where, 'count', count, { minimum: 1, maximum: n });
  checkNumber(where, 'tolerance', tolerance, 1e-11);
  checkInteger(where, 'maxPasses', maxPasses, { minimum: 1 });
  const stream = random.fork('passes');
  const block = Math.min(n, count + BEYOND);
  const blocks = Math.max(LEAST_BLOCKS, Math.min(MOST_BLOCKS, Math.floor(ROOM / (block * n))));
  const limit = Math.min(n, blocks * block);
  const space = new KrylovSpace(n, limit, block, () =>
    Float64Array.from({ length: n }, () => stream.normal()),
  );
  space.widen(block);
  let worst = Infinity;
  for (let pass = 0; pass < maxPasses; pass++) {
    throwIfAborted(signal, where);
    await space.expandByPass(operator, block);
    const pairs = space.ritz();
    worst = space.frontier === 0 ? 0 : pairs.residuals.slice(0, count).reduce((a, b) => Math.max(a, b), 0);
    if (worst <= tolerance * space.norm) {
      const vectors = columnsWithFixedSigns(space.vectors(pairs, count), count, n);
      return { values: pairs.values.slice(0, count), vectors: denseMatrix(vectors, n, count) };
    }
    // A third of the room beyond the wanted pairs holds on to those that converge next.
    if (space.processed + space.frontier > limit)
      space.restart(pairs, Math.min(space.processed - 1, count + Math.floor((limit - count) / 3)));
  }
  throw new CrossmodalError({
    code: 'diverged',
    where,
    expected: `${count} eigenpairs with residuals of at most ${tolerance} of the norm`,
    received: `a residual of ${worst / space.norm} after ${maxPasses} passes`,
    advice: 'Raise maxPasses or tolerance.',
  });
}
