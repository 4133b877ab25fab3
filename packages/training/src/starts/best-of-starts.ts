import { CrossmodalError } from '@crossmodal/core';
import { captureState, restoreState, type Module, type ModuleState } from '@crossmodal/tensors';

/** The outcome of one start. */
export interface StartOutcome<T> {
  /** What decides between starts; the largest wins. It must not come from labels. */
  readonly score: number;
  /** What came of it. */
  readonly value: T;
}

/** Options of {@link bestOfStarts}. */
export interface BestOfStartsOptions<T> {
  /** How many, 1 or more. */
  readonly starts: number;
  /** Left in the state that the best start ended in. */
  readonly network: Pick<Module, 'variables'>;
  /** Put back before each start into the state that it has now, such as a trainer with the variables of its optimisers. @defaultValue nothing */
  readonly fresh?: Pick<Module, 'variables'>;
  /** Trains in place, starts counted from 0: it gives the network the values of that start first. */
  readonly run: (start: number) => Promise<StartOutcome<T>>;
}

/** What {@link bestOfStarts} gives. */
export interface BestStart<T> extends StartOutcome<T> {
  /** Number of the start. */
  readonly start: number;
}

/**
 * Trains one network from several starts, one after the other, and keeps the one of the largest score; the first one of equals. The compiled steps of
 * a trainer serve all of them.
 *
 * @throws CrossmodalError `option` when `starts` is not a positive integer; what a run throws.
 * @see `Training.restarts` of `@crossmodal/method`, for whole fits with a network each
 * @example
 * ```ts
 * import { tf } from '@crossmodal/tensors';
 * const w = tf.variable(tf.scalar(0));
 * const { start } = await bestOfStarts({
 *   starts: 3,
 *   network: { variables: [w] },
 *   run: async (start) => {
 *     const value = [1, 5, 2][start]!;
 *     w.assign(tf.scalar(value));
 *     return { score: value, value };
 *   },
 * });
 * console.log(start, w.dataSync()[0]); // 1, 5
 * w.dispose();
 * ```
 */
export async function bestOfStarts<T>({
  starts,
  network,
  fresh,
  run,
}: BestOfStartsOptions<T>): Promise<BestStart<T>> {
  if (!Number.isInteger(starts) || starts < 1) {
    throw new CrossmodalError({
      code: 'option',
      where: "bestOfStarts option 'starts'",
      expected: 'an integer of 1 or more',
      received: String(starts),
    });
  }
  const before = fresh && (await captureState(fresh));
  let best: { readonly found: BestStart<T>; readonly state: ModuleState } | undefined;
  for (let start = 0; start < starts; start++) {
    if (start > 0 && before !== undefined) restoreState(fresh!, before);
    const found = { ...(await run(start)), start };
    if (best === undefined || found.score > best.found.score)
      best = { found, state: await captureState(network) };
  }
  restoreState(network, best!.state);
  return best!.found;
}
