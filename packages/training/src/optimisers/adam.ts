import { tf } from '@crossmodal/tensors';
import { checkRange } from './check-range.js';
import type { Optimiser } from './optimiser.js';
import { disposeSlots, scalarSlot, zeroSlots } from './slots.js';

/** What {@link adam} takes. */
export interface AdamOptions {
  /** Decay of the first moment, in `[0, 1)`. @defaultValue 0.9 */
  readonly beta1?: number;
  /** Decay of the second moment, in `[0, 1)`. @defaultValue 0.999 */
  readonly beta2?: number;
  /** Added to the root of the second moment, so that a variable without gradients stays where it is. @defaultValue 1e-8 */
  readonly epsilon?: number;
}

/**
 * Adam: with `m = beta1 m + (1 - beta1) g` and `v = beta2 v + (1 - beta2) g^2`, each variable moves by
 * `-rate mhat / (sqrt(vhat) + epsilon)`, where `mhat = m / (1 - beta1^t)` and `vhat = v / (1 - beta2^t)`.
 *
 * The same step is computed as `-rate c m / (sqrt(v) + epsilon s)` with the scalars `s = sqrt(1 - beta2^t)`, `c = s / (1 - beta1^t)`:
 * two passes fewer over every variable.
 *
 * @throws CrossmodalError `option` when a setting is out of range.
 * @see Kingma and Ba, Adam, ICLR 2015, Algorithm 1 and the note on its efficiency in section 2
 */
export function adam({ beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8 }: AdamOptions = {}): Optimiser {
  checkRange('adam', 'beta1', beta1, 0, 1);
  checkRange('adam', 'beta2', beta2, 0, 1);
  checkRange('adam', 'epsilon', epsilon, 0, 1);
  return {
    name: 'adam',
    init(variables) {
      const first = zeroSlots(variables);
      const second = zeroSlots(variables);
      // beta^t, kept as tensors: a step count on the host would be frozen into a compiled step.
      const power1 = scalarSlot(1);
      const power2 = scalarSlot(1);
      const slots = [...first, ...second, power1, power2];
      return {
        trainable: [],
        variables: slots,
        update(gradients, learningRate) {
          tf.tidy(() => {
            const next1 = tf.mul(power1, beta1);
            const next2 = tf.mul(power2, beta2);
            const root = tf.sqrt(tf.sub(1, next2));
            const rate = tf.div(tf.mul(learningRate, root), tf.sub(1, next1));
            const floor = tf.mul(root, epsilon);
            variables.forEach((variable, i) => {
              const gradient = gradients[i]!;
              const m = tf.add(tf.mul(first[i]!, beta1), tf.mul(gradient, 1 - beta1));
              const v = tf.add(tf.mul(second[i]!, beta2), tf.mul(tf.square(gradient), 1 - beta2));
              first[i]!.assign(m);
              second[i]!.assign(v);
              variable.assign(tf.sub(variable, tf.div(tf.mul(m, rate), tf.add(tf.sqrt(v), floor))));
            });
            power1.assign(next1);
            power2.assign(next2);
          });
        },
        dispose: () => disposeSlots(slots),
      };
    },
  };
}
