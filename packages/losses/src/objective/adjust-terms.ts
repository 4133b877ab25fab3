import { CrossmodalError } from '@crossmodal/core';
import type { Term, Weight } from './term.js';

/**
 * A change to the terms of an objective, by name: with a `value` it adds a term, or replaces the one of that name; without one it gives an existing
 * term another weight. A weight of 0 leaves the term out.
 */
export type TermAdjustment<State> =
  Term<State> | { readonly name: string; readonly weight: Weight; readonly value?: never };

/**
 * Applies adjustments to the terms of an objective.
 *
 * @param where - the public function whose option the adjustments are, for errors
 * @returns terms in their order, then those that were added
 * @throws CrossmodalError `option` when a name is adjusted twice, a term to be reweighted does not exist, or nothing is left.
 * @example
 * ```ts
 * import { tf } from '@crossmodal/tensors';
 * const size = { name: 'size', weight: 1, value: (z: tf.Tensor) => tf.sum(z) as tf.Scalar };
 * const terms = adjustTerms('example', [size], [{ name: 'size', weight: 0.5 }]);
 * console.log(terms[0]!.weight); // 0.5
 * ```
 */
export function adjustTerms<State>(
  where: string,
  terms: readonly Term<State>[],
  adjustments: readonly TermAdjustment<State>[],
): readonly Term<State>[] {
  const result = new Map(terms.map((term) => [term.name, term]));
  const names = adjustments.map(({ name }) => name);
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined) refuse(where, 'each term once', `'${twice}' twice`);
  for (const adjustment of adjustments) {
    const { name, weight } = adjustment;
    const term = adjustment.value !== undefined ? adjustment : result.get(name);
    if (term === undefined)
      refuse(
        where,
        `a value with a new term, or one of ${[...result.keys()].map((known) => `'${known}'`).join(', ')}`,
        `'${name}' without a value`,
      );
    if (weight === 0) result.delete(name);
    else result.set(name, { name, weight, value: (state) => term.value(state) });
  }
  if (result.size === 0) refuse(where, 'one term at least', 'none that has a weight');
  return [...result.values()];
}

function refuse(where: string, expected: string, received: string): never {
  throw new CrossmodalError({ code: 'option', where: `${where} option 'terms'`, expected, received });
}
