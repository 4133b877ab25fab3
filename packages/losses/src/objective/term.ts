import type { tf } from '@crossmodal/tensors';

/** A factor in an objective: a finite number, or a function of the step, counted from 0. */
export type Weight = number | ((step: number) => number);

/** One of several values of a {@link Term}, such as that of one modality. */
export interface TermPart {
  /** Ends the name in the history: part `pixels` of term `reconstruction` is `reconstruction pixels`; an empty one adds nothing. */
  readonly name: string;
  /** Its share in the term, a factor beside the term's weight. @defaultValue 1 */
  readonly weight?: number;
  /** Computes it: a differentiable scalar. */
  readonly value: () => tf.Scalar;
}

/**
 * A named term of an objective, as a value: it exists before any batch does, and computes a scalar from the state of each.
 *
 * @typeParam State - what a forward pass makes of a batch, such as latents and assignments
 */
export interface Term<State> {
  /** Name in the history and for overrides; `total` is kept for the weighted sum. */
  readonly name: string;
  /** Factor in the objective; its value in the history is unweighted. */
  readonly weight: Weight;
  /** Computes the term: one differentiable scalar, or one per part. A property, since the parameters of methods are not checked strictly. */
  readonly value: (state: State) => tf.Scalar | readonly TermPart[];
}
