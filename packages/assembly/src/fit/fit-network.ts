import type { FittedClusterer, HistoryEntry } from '@crossmodal/core';
import type { Module } from '@crossmodal/tensors';
import { recordHistory, type Watch } from '@crossmodal/method';
import { recoverable } from '@crossmodal/method';

/** A network, as far as a fit needs it. */
export type FitNetwork = Pick<Module, 'variables' | 'dispose'>;

/** What a fit needs beside the network; it may be trained too. */
export type FitHelpers = Pick<Module, 'dispose'> & Partial<Pick<Module, 'variables'>>;

/** The training that a fit has behind it. */
export interface PastTraining {
  /** Losses of every step. */
  readonly history: readonly HistoryEntry[];
  /** Wall time from the beginning of the fit to the end of the training. */
  readonly seconds: number;
}

/** The stages of a fit, for {@link fitNetwork}. */
export interface NetworkFit<N extends FitNetwork, H extends FitHelpers, F extends FittedClusterer> {
  /** When the fit began, by `performance.now()`. */
  readonly start: number;
  /** Makes the network; the same at each call. */
  readonly build: () => N;
  /** Makes what training and what comes after need beside the network, and the fitted model does not. */
  readonly equip: (network: N) => H;
  /** Trains both in place, listened to by `watch`; gives the losses of every step. */
  readonly train: (network: N, helpers: H, watch: Watch) => Promise<readonly HistoryEntry[]>;
  /** Clusters by the trained network, which belongs to what it returns. */
  readonly finish: (network: N, helpers: H, training: PastTraining) => Promise<F>;
}

/**
 * Runs the stages of a fit. A fit that fails leaves nothing to dispose of; when its training diverges, the error can finish it from the last
 * good state, with a network of its own.
 *
 * @throws DivergedError with `recover` when the training diverges; what a stage throws.
 */
export async function fitNetwork<N extends FitNetwork, H extends FitHelpers, F extends FittedClusterer>(
  watch: Watch,
  { start, build, equip, train, finish }: NetworkFit<N, H, F>,
): Promise<F> {
  const withParts = async (run: (network: N, helpers: H) => Promise<F>): Promise<F> => {
    const network = build();
    let helpers: H | undefined;
    try {
      return await run(network, (helpers = equip(network)));
    } catch (error) {
      network.dispose();
      throw error;
    } finally {
      helpers?.dispose();
    }
  };
  return withParts(async (network, helpers) => {
    const recorded = recordHistory(watch);
    const seconds = () => (performance.now() - start) / 1000;
    let history: readonly HistoryEntry[];
    try {
      history = await train(network, helpers, recorded.watch);
    } catch (error) {
      const spent = seconds();
      throw await recoverable(error, {
        modules: [network, stateOf(helpers)],
        history: recorded.history,
        recover: (restore, kept) =>
          withParts((again, others) => {
            restore([again, stateOf(others)]);
            return finish(again, others, { history: kept, seconds: spent });
          }),
      });
    }
    return finish(network, helpers, { history, seconds: seconds() });
  });
}

function stateOf({ variables = [] }: FitHelpers): Pick<Module, 'variables'> {
  return { variables };
}
