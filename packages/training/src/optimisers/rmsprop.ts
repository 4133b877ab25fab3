import { tf } from '@crossmodal/tensors';
import { checkRange } from './check-range.js';
import type { Optimiser } from './optimiser.js';
import { disposeSlots, zeroSlots } from './slots.js';

/** What {@link rmsprop} takes. */
export interface RmspropOptions {
  /** Decay of the mean square, in `[0, 1)`. @defaultValue 0.99 */
  readonly decay?: number;
  /** Added to the root, so that a variable without gradients stays where it is. @defaultValue 1e-8 */
  readonly epsilon?: number;
}

/**
 * RMSprop: with `v = decay v + (1 - decay) g^2`, each variable moves by `-rate g / (sqrt(v) + epsilon)`.
 *
 * The epsilon stands outside the root, as where Wasserstein critics are usually trained; `tf.train.rmsprop` has it inside.
 *
 * @throws CrossmodalError `option` when a setting is out of range.
 */
export function rmsprop({ decay = 0.99, epsilon = 1e-8 }: RmspropOptions = {}): Optimiser {
  checkRange('rmsprop', 'decay', decay, 0, 1);
  checkRange('rmsprop', 'epsilon', epsilon, 0, 1);
  return {
    name: 'rmsprop',
    init(variables) {
      const squares = zeroSlots(variables);
      return {
        trainable: [],
        variables: squares,
        update(gradients, learningRate) {
          tf.tidy(() => {
            variables.forEach((variable, i) => {
              const gradient = gradients[i]!;
              const v = tf.add(tf.mul(squares[i]!, decay), tf.mul(tf.square(gradient), 1 - decay));
              squares[i]!.assign(v);
              variable.assign(
                tf.sub(variable, tf.div(tf.mul(gradient, learningRate), tf.add(tf.sqrt(v), epsilon))),
              );
            });
          });
        },
        dispose: () => disposeSlots(squares),
      };
    },
  };
}
