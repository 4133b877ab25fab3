import { CrossmodalError, throwIfAborted } from '@crossmodal/core';
import { chebyshevFilter } from '../operators/chebyshev-filter.js';
import type { Interval, SymmetricOperator } from '../operators/symmetric-operator.js';
import type { EigenRows, KnownEigenvectors } from './eigen-rows.js';
import { KrylovSpace } from './krylov-space.js';
import { RitzSubspace } from './ritz-subspace.js';

/** Options of {@link filteredSubspace}. */
export interface FilteredSubspaceOptions {
  /** Pairs wanted. */
  readonly count: number;
  /** Largest residual, as a part of the norm. */
  readonly tolerance: number;
  /** Rounds of filtering before giving up. */
  readonly maxRounds: number;
  /** A random vector, new at each call. */
  readonly draw: () => Float64Array;
  /** How much of each residual counts, in `[0, 1]`, given upper estimates of the eigenvalues. */
  readonly importance?: ((values: Float64Array) => Float64Array) | undefined;
  /** Exact eigenvectors of the largest eigenvalue, all that there are. */
  readonly known?: KnownEigenvectors | undefined;
  /** Stops the search between rounds. */
  readonly signal?: AbortSignal | undefined;
  /** The public function that errors name. */
  readonly where: string;
}

/** Products of a short Krylov space that bounds the spectrum. */
const BOUND_STEPS = 20;
/** By how much a round may favour one vector of the block over another: orthogonalising loses as many digits. */
const MOST_GROWTH = 1e9;
/** Beyond this degree a look at what is reached costs nothing beside the products. */
const MOST_DEGREE = 100;
/** The interval that is damped stays this part of the spectrum's width below the wanted pairs, so that copies of the last one beyond the block do not stop it. */
const CLEARANCE = 1e-3;

/**
 * The largest eigenpairs by subspace iteration with Chebyshev filters. The block is wider than the number of wanted pairs and starts at random, so
 * it has a part of each of their eigenvectors, however many copies an eigenvalue has; pairs that are found are filtered no more, but take part in each Rayleigh-Ritz step.
 *
 * @see Zhou and Saad, A Chebyshev-Davidson algorithm for large symmetric eigenproblems, 2007
 * @throws CrossmodalError `diverged` after `maxRounds` rounds; `aborted` on the signal.
 */
export function filteredSubspace(operator: SymmetricOperator, options: FilteredSubspaceOptions): EigenRows {
  const { count, tolerance, maxRounds, known, draw, signal, where } = options;
  const n = operator.size;
  // Whole panels of eight vectors; the guard makes the last wanted pairs converge at the rate of the first that is not in the block.
  const size = Math.min(n, 8 * Math.ceil((count + Math.max(8, count / 4)) / 8));
  const { lower, upper: highest } = spectrumBounds(operator, draw);
  const space = new RitzSubspace(operator, size, draw);
  space.start(known ?? { value: 0, vectors: [] });
  for (let round = 0; ; round++) {
    throwIfAborted(signal, where);
    const residuals = weighed(space, options);
    const norm = Math.max(Math.abs(space.values[0]!), Math.abs(lower));
    const worst = residuals.reduce((a, b) => Math.max(a, b), 0) / (norm || 1);
    if (worst <= tolerance || size === n)
      return { values: space.values.slice(0, count), rows: space.vectors.slice(0, count * n) };
    if (round === maxRounds) throw tooSlow(options, worst);
    const settled = residuals.findIndex((residual) => residual > tolerance * norm);
    const [last, end] = [space.values[count - 1]!, space.values[size - 1]!];
    // A random block says nothing of the eigenvalues yet.
    const top = round === 0 ? highest : space.values[settled]!;
    const upper = Math.max(Math.min(end, last - CLEARANCE * (space.values[0]! - lower)), lower + 1e-6 * norm);
    const interval = { lower, upper };
    const degree = degreeFor(growth(top, interval), growth(last, interval), worst / tolerance);
    const moving = space.vectors.subarray(settled * n);
    chebyshevFilter(operator, moving, { count: size - settled, degree, ...interval });
    space.refresh(settled);
  }
}

function tooSlow(
  { count, tolerance, maxRounds, where }: FilteredSubspaceOptions,
  worst: number,
): CrossmodalError {
  return new CrossmodalError({
    code: 'diverged',
    where,
    expected: `${count} eigenpairs with residuals of at most ${tolerance} of the norm`,
    received: `a residual of ${worst} after ${maxRounds} rounds`,
    advice: 'Raise maxRestarts or tolerance.',
  });
}

/** Where the spectrum lies: the outermost Ritz values of a few products, widened by their residuals. */
function spectrumBounds(operator: SymmetricOperator, draw: () => Float64Array): Interval {
  const space = new KrylovSpace(operator.size, Math.min(BOUND_STEPS, operator.size), 1, draw);
  space.widen(1);
  while (space.frontier > 0 && space.processed < BOUND_STEPS) space.expand(operator, 1);
  const { values, residuals } = space.ritz();
  return { lower: values.at(-1)! - residuals.at(-1)!, upper: values[0]! + residuals[0]! };
}

function weighed(space: RitzSubspace, { count, importance }: FilteredSubspaceOptions): Float64Array {
  const residuals = space.residuals.slice(0, count);
  // A Ritz value can still grow by about its residual.
  const weights = importance?.(residuals.map((residual, i) => space.values[i]! + residual));
  return residuals.map((residual, i) => residual * (weights?.[i] ?? 1));
}

/** By which factor, as a logarithm, each degree of the filter favours an eigenvalue over those in the interval. */
function growth(value: number, { lower, upper }: Interval): number {
  return Math.acosh(Math.max(1, (2 * value - lower - upper) / (upper - lower)));
}

/** What the last wanted pair needs, unless the first that is not settled would outgrow it by too much. */
function degreeFor(fastest: number, slowest: number, reduction: number): number {
  const most = Math.log(2 * MOST_GROWTH) / fastest;
  // One pair of degrees more, for what Ritz values still move.
  const needed = Math.log(2 * Math.max(reduction, 2)) / slowest + 2;
  return Math.max(2, Math.ceil(Math.min(most, needed, MOST_DEGREE)));
}
