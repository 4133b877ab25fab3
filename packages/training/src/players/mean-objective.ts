import type { FitOptions } from '@crossmodal/core';
import { evaluateTerms, type Term } from '@crossmodal/losses';
import { compile, unflattenTensors } from '@crossmodal/tensors';
import type { Minibatches } from '../batches/minibatches.js';
import { fitLoop } from '../fit-loop.js';
import { flattenBatches, type BatchForm } from './flatten-batches.js';

/** Options of {@link meanObjective}. */
export interface MeanObjectiveOptions<Batch, State> extends Pick<FitOptions, 'signal'> {
  /** Gone through once. */
  readonly batches: Minibatches<Batch>;
  /** Makes the state of a batch, in tensor operations only. */
  readonly forward: (batch: Batch) => State;
  /** Their weighted sum is evaluated. */
  readonly terms: readonly Term<State>[];
  /** Step for which weights are taken that change from step to step. @defaultValue 0 */
  readonly step?: number;
}

/**
 * Mean of an objective over the batches of one epoch, with the network as it is: what decides between runs of a training.
 *
 * @throws DivergedError when it is not finite; CrossmodalError `aborted` when the signal fires.
 * @example
 * ```ts
 * import { randomSource } from '@crossmodal/core';
 * import { tf } from '@crossmodal/tensors';
 * const x = { shape: [4, 1], values: Float32Array.of(1, 2, 3, 6) };
 * const mean = await meanObjective({
 *   batches: minibatches({ data: { x }, batchSize: 2, random: randomSource(1) }),
 *   forward: (batch) => batch.x,
 *   terms: [{ name: 'size', weight: 2, value: (values) => tf.mean(values) as tf.Scalar }],
 * });
 * console.log(mean); // 6
 * ```
 */
export async function meanObjective<Batch, State>({
  batches,
  forward,
  terms,
  step: at = 0,
  ...watch
}: MeanObjectiveOptions<Batch, State>): Promise<number> {
  const form: BatchForm<Batch> = {};
  const fixed = terms.map(({ weight, ...term }) => ({
    ...term,
    weight: typeof weight === 'number' ? weight : weight(at),
  }));
  const step = compile((inputs) => ({
    total: evaluateTerms(fixed, forward(unflattenTensors(form.batch!, inputs))).total,
  }));
  try {
    const { history, steps } = await fitLoop({
      ...watch,
      step,
      batches: flattenBatches(batches, form),
      steps: batches.stepsPerEpoch,
      schedule: 0,
      phase: 'compare',
    });
    return history.reduce((sum, { losses }) => sum + losses['total']! / steps, 0);
  } finally {
    step.dispose();
  }
}
