import { randomSource } from '@crossmodal/core';
import { adjustTerms, type Term } from '@crossmodal/losses';
import type { Fit } from '@crossmodal/method';
import { meanObjective, minibatches, stageSteps } from '@crossmodal/training';
import { forward } from './network/forward.js';
import type { EamcState } from './network/eamc-state.js';
import type { GameOptions } from './play-game.js';
import { batchSizeOf } from './training-batches.js';
import type { EamcTypes } from './types.js';

/**
 * The clustering loss of a run, Eq. 11, which decides between runs: its mean over full batches, the same for every run, with the network as it is. The caller's
 * changes to its terms hold here too, with the weights of the last step.
 *
 * @throws DivergedError when it is not finite.
 */
export function clusteringLoss(
  { method, network, samples, terms: adjustments, watch }: Fit<EamcTypes>,
  terms: readonly Term<EamcState>[],
  options: Pick<GameOptions, 'epochs' | 'leastSteps' | 'batchSize'>,
): Promise<number> {
  const batchSize = batchSizeOf(samples, options);
  // Runs are compared on the same batches.
  const batches = minibatches({ data: samples, batchSize, dropLast: true, random: randomSource(0) });
  const { stepsPerEpoch } = batches;
  const steps = stageSteps({ epochs: options.epochs, stepsPerEpoch, least: options.leastSteps });
  const mine = adjustments.filter((adjustment) => terms.some(({ name }) => name === adjustment.name));
  return meanObjective({
    batches,
    forward: (batch) => forward(network, batch, { training: false }),
    terms: adjustTerms(method, terms, mine),
    step: Math.max(0, steps - 1),
    ...(watch.signal && { signal: watch.signal }),
  });
}
