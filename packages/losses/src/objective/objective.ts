import { CrossmodalError } from '@crossmodal/core';
import { tf } from '@crossmodal/tensors';
import type { LossTerm } from './loss-term.js';

/** An objective's value. */
export interface ObjectiveValue {
  /** `sum of weight * value`. */
  readonly total: tf.Scalar;
  /** The unweighted value of each term, by name. */
  readonly values: Readonly<Record<string, tf.Scalar>>;
}

/**
 * Evaluates weighted terms: `total = sum_t weight_t value_t`, and each value unweighted.
 *
 * A term of weight 0 is computed for the history and adds nothing to the total.
 *
 * @throws CrossmodalError `option` when there is no term, a name repeats or is `total`, or a weight is not finite;
 * `shape` when a term's value is not a scalar.
 * @example
 * ```ts
 * import { tf } from '@crossmodal/tensors';
 * const z = tf.ones([4, 2]);
 * const { total, values } = objective([
 *   { name: 'size', weight: 0.5, value: () => coefficientNorm(z) },
 * ]); // total 4, values.size 8
 * tf.dispose([z, total, values.size!]);
 * ```
 */
export function objective(terms: readonly LossTerm[]): ObjectiveValue {
  checkTerms(terms);
  const values: Record<string, tf.Scalar> = {};
  for (const { name, value } of terms) {
    const scalar = value();
    if (scalar.rank !== 0) refuse('shape', `term '${name}' to be a scalar`, `[${scalar.shape.join(', ')}]`);
    values[name] = scalar;
  }
  const total = tf.tidy(() => {
    const [first = tf.scalar(0), ...rest] = terms
      .filter(({ weight }) => weight !== 0)
      .map(
        ({ name, weight }) =>
          (weight === 1 ? tf.clone(values[name]!) : tf.mul(values[name]!, weight)) as tf.Scalar,
      );
    return rest.reduce((sum, next) => tf.add(sum, next), first);
  });
  return { total, values };
}

function checkTerms(terms: readonly LossTerm[]): void {
  if (terms.length === 0) refuse('option', 'one term at least', 'none');
  const names = new Set<string>(['total']);
  for (const { name, weight } of terms) {
    if (names.has(name)) refuse('option', "distinct names other than 'total'", `'${name}'`);
    names.add(name);
    if (typeof weight === 'number' && !Number.isFinite(weight)) {
      refuse('option', `a finite weight of term '${name}'`, String(weight));
    }
  }
}

function refuse(code: 'option' | 'shape', expected: string, received: string): never {
  throw new CrossmodalError({ code, where: 'objective', expected, received });
}
