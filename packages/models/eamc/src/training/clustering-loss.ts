import { randomSource } from '@crossmodal/core';
import { adjustTerms, evaluateTerms, type Term } from '@crossmodal/losses';
import type { Fit } from '@crossmodal/method';
import { compile, flattenTensors, unflattenTensors } from '@crossmodal/tensors';
import { fitLoop, minibatches } from '@crossmodal/training';
import type { EamcState } from '../network/eamc-state.js';
import { forward } from '../network/forward.js';
import type { EamcBatch, EamcTypes } from '../types.js';
import type { GameOptions } from './play-game.js';
import { batchSizeOf, stageSteps } from './stage-steps.js';

/**
 * The clustering loss of a run, Eq. 11, which decides between runs: its mean over batches of all samples, with the network as it is.
 *
 * @param terms - of the clustering loss; the caller's changes to them hold here too, with the weights of the last step
 * @throws DivergedError when it is not finite.
 */
export async function clusteringLoss(
  { method, network, samples, terms: adjustments, watch }: Fit<EamcTypes>,
  terms: readonly Term<EamcState>[],
  { epochs, leastSteps, batchSize: asked }: Pick<GameOptions, 'epochs' | 'leastSteps' | 'batchSize'>,
): Promise<number> {
  const batchSize = batchSizeOf(samples, asked);
  // Runs are compared on the same batches.
  const batches = minibatches({ data: samples, batchSize, dropLast: true, random: randomSource(0) });
  const last = Math.max(0, stageSteps(epochs, batches.stepsPerEpoch, leastSteps) - 1);
  const adjusted = adjustTerms(method, terms, ofTerms(adjustments, terms)).map(({ name, weight, value }) => ({
    name,
    weight: typeof weight === 'number' ? weight : weight(last),
    value,
  }));
  let form: EamcBatch | undefined;
  const step = compile((inputs) => {
    const state = forward(network, unflattenTensors(form!, inputs), { training: false });
    return { total: evaluateTerms(adjusted, state).total };
  });
  const flattened = {
    batch(t: number) {
      const { inputs, dispose } = batches.batch(t);
      form = inputs;
      return { inputs: flattenTensors(inputs), dispose };
    },
  };
  try {
    const { history, steps } = await fitLoop({
      step,
      batches: flattened,
      steps: batches.stepsPerEpoch,
      schedule: 0,
      phase: 'compare',
      ...(watch.signal ? { signal: watch.signal } : {}),
    });
    return history.reduce((sum, { losses }) => sum + losses['total']! / steps, 0);
  } finally {
    step.dispose();
  }
}

/** Changes to terms of these names alone. */
function ofTerms(
  adjustments: readonly EamcTypes['term'][],
  terms: readonly Term<EamcState>[],
): readonly EamcTypes['term'][] {
  return adjustments.filter((adjustment) => terms.some(({ name }) => name === adjustment.name));
}
