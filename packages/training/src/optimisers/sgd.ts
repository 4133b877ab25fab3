import { tf } from '@crossmodal/tensors';
import { checkRange } from './check-range.js';
import type { Optimiser } from './optimiser.js';
import { disposeSlots, zeroSlots } from './slots.js';

/** What {@link sgd} takes. */
export interface SgdOptions {
  /** Share of the last change kept, in `[0, 1)`. @defaultValue 0 */
  readonly momentum?: number;
}

/**
 * Gradient descent: with `u = momentum u + g`, each variable moves by `-rate u`.
 *
 * @throws CrossmodalError `option` when the momentum is out of range.
 */
export function sgd({ momentum = 0 }: SgdOptions = {}): Optimiser {
  checkRange('sgd', 'momentum', momentum, 0, 1);
  return {
    name: 'sgd',
    init(variables) {
      const velocity = momentum > 0 ? zeroSlots(variables) : [];
      return {
        trainable: [],
        variables: velocity,
        update(gradients, learningRate) {
          tf.tidy(() => {
            variables.forEach((variable, i) => {
              let change = gradients[i]!;
              if (momentum > 0) {
                change = tf.add(tf.mul(velocity[i]!, momentum), change);
                velocity[i]!.assign(change);
              }
              variable.assign(tf.sub(variable, tf.mul(change, learningRate)));
            });
          });
        },
        dispose: () => disposeSlots(velocity),
      };
    },
  };
}
