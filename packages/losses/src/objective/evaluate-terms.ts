import { tf } from '@crossmodal/tensors';
import type { LossTerm } from './loss-term.js';
import { objective, type ObjectiveValue } from './objective.js';
import type { Term, TermPart } from './term.js';

/**
 * Evaluates terms on the state of one batch: the weighted sum, and each value unweighted, as {@link objective} does.
 *
 * @param weights - scalars of the terms whose weight changes from step to step, by name
 * @throws CrossmodalError as {@link objective}.
 */
export function evaluateTerms<State>(
  terms: readonly Term<State>[],
  state: State,
  weights: Readonly<Record<string, tf.Scalar>> = {},
): ObjectiveValue {
  return objective(terms.flatMap((term) => valuesOf(term, state, weights[term.name])));
}

function valuesOf<State>(term: Term<State>, state: State, scheduled: tf.Scalar | undefined): LossTerm[] {
  const { name } = term;
  const weight = scheduled ?? (term.weight as number);
  const value = term.value(state);
  if (!Array.isArray(value)) return [{ name, weight, value: () => value as tf.Scalar }];
  return (value as readonly TermPart[]).map((part) => ({
    name: part.name === '' ? name : `${name} ${part.name}`,
    weight: share(weight, part.weight),
    value: part.value,
  }));
}

function share(weight: number | tf.Scalar, part = 1): number | tf.Scalar {
  if (typeof weight === 'number') return weight * part;
  return part === 1 ? weight : (tf.mul(weight, part) as tf.Scalar);
}
