import { CrossmodalError, type RandomSource } from '@crossmodal/core';

/** One run of several. */
export interface RestartRun<T> {
  /** What decides between runs; the smallest wins. It must not come from labels. */
  readonly loss: number;
  /** What the run made. */
  readonly value: T;
}

/** What {@link restarts} takes. */
export interface RestartOptions<T> {
  /** Runs, 1 or more. */
  readonly runs: number;
  /** Gives each run a stream of its own. */
  readonly random: RandomSource;
  /** Runs once from a start of its own, runs counted from 0. */
  readonly run: (random: RandomSource, run: number) => Promise<RestartRun<T>>;
  /** Frees what a run made that is not kept. */
  readonly discard?: (value: T) => void;
}

/** The outcome of {@link restarts}. */
export interface RestartResult<T> {
  /** What the run of the smallest loss made. */
  readonly value: T;
  /** Its number. */
  readonly run: number;
  /** The loss of each run; infinite where it diverged. */
  readonly losses: readonly number[];
}

/**
 * Runs a training several times, one after the other, and keeps the run of the smallest loss; the first one of equals. At most two
 * outcomes are held at a time.
 *
 * A run that ends in a `diverged` error, or whose loss is not a number, loses against every other.
 *
 * @throws CrossmodalError `option` when `runs` is not a positive integer; `diverged` when every run did; what else a run throws, once what
 * was kept so far has been discarded.
 * @example
 * ```ts
 * import { randomSource } from '@crossmodal/core';
 * const random = randomSource(1);
 * const run = async (own: ReturnType<typeof randomSource>) => {
 *   const value = own.uniform();
 *   return { value, loss: value };
 * };
 * const { value, losses } = await restarts({ runs: 3, random, run });
 * console.log(value === Math.min(...losses)); // true
 * ```
 */
export async function restarts<T>({
  runs,
  random,
  run,
  discard,
}: RestartOptions<T>): Promise<RestartResult<T>> {
  if (!Number.isInteger(runs) || runs < 1) {
    throw new CrossmodalError({
      code: 'option',
      where: "restarts option 'runs'",
      expected: 'an integer of 1 or more',
      received: String(runs),
    });
  }
  let best: { readonly value: T; readonly run: number; readonly loss: number } | undefined;
  let failure: CrossmodalError | undefined;
  const losses: number[] = [];
  try {
    for (let r = 0; r < runs; r++) {
      const outcome = await attempt(run, random.fork(`run ${r}`), r);
      if (outcome instanceof CrossmodalError) {
        failure ??= outcome;
        losses.push(Infinity);
        continue;
      }
      const loss = Number.isNaN(outcome.loss) ? Infinity : outcome.loss;
      losses.push(loss);
      if (best === undefined || loss < best.loss) {
        const worse = best;
        best = { value: outcome.value, run: r, loss };
        if (worse !== undefined) discard?.(worse.value);
      } else {
        discard?.(outcome.value);
      }
    }
  } catch (error) {
    if (best !== undefined) discard?.(best.value);
    throw error;
  }
  if (best === undefined) throw failure!;
  return { value: best.value, run: best.run, losses };
}

async function attempt<T>(
  run: RestartOptions<T>['run'],
  random: RandomSource,
  r: number,
): Promise<RestartRun<T> | CrossmodalError> {
  try {
    return await run(random, r);
  } catch (error) {
    if (error instanceof CrossmodalError && error.code === 'diverged') return error;
    throw error;
  }
}
