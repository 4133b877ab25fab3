import { randomSource } from '@crossmodal/core';
import { seededNormal, tf } from '@crossmodal/tensors';

/**
 * Largest relative difference, over variables, of an analytic and a central-difference derivative along a random direction, in `[0, inf)`.
 *
 * A direction a variable instead of a coordinate each: one number compares all coordinates at once.
 *
 * @param f - computes a scalar from the variables
 * @param variables - those whose gradients are compared; their values come back unchanged
 * @param seed - decides the directions
 * @param h - length of the difference; float32 wants 1e-3 to 1e-2
 */
export function gradientError(
  f: () => tf.Scalar,
  variables: readonly tf.Variable[],
  seed: number,
  h = 1e-2,
): number {
  const random = randomSource(seed);
  const { value: total, grads } = tf.variableGrads(f, [...variables]);
  const value = () => tf.tidy(() => f().dataSync()[0]!);
  const errors = variables.map((variable) =>
    tf.tidy(() => {
      const direction = seededNormal(variable.shape, random);
      const analytic = tf.sum(tf.mul(grads[variable.name]!, direction)).dataSync()[0]!;
      const start = variable.clone();
      const shifted = (step: number) => {
        variable.assign(tf.add(start, tf.mul(direction, step)));
        return value();
      };
      const numeric = (shifted(h) - shifted(-h)) / (2 * h);
      variable.assign(start);
      return Math.abs(analytic - numeric) / Math.max(1, Math.abs(analytic), Math.abs(numeric));
    }),
  );
  tf.dispose([total, grads]);
  return Math.max(...errors);
}
