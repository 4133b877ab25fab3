import type { tf } from '@crossmodal/tensors';

/** One named part of an objective; its value is unweighted, so that a history reads the same whatever the weights. */
export interface LossTerm {
  /** Name in the history; `total` is kept for the weighted sum. */
  readonly name: string;
  /** Factor in the objective, any finite number, or a scalar tensor when it changes from step to step. */
  readonly weight: number | tf.Scalar;
  /** Computes the term: a differentiable scalar. */
  readonly value: () => tf.Scalar;
}
