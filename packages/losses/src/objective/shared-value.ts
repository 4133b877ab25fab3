import type { tf } from '@crossmodal/tensors';

/**
 * A value that several terms need of the same state, such as a kernel of a batch: computed when the first one asks for it, once per state.
 *
 * @param compute - from a state to a differentiable tensor
 * @example
 * ```ts
 * import { tf } from '@crossmodal/tensors';
 * const kernel = sharedValue(({ latent }: { readonly latent: tf.Tensor2D }) => gaussianKernel(latent));
 * const state = { latent: tf.tensor2d([[0, 1], [1, 0]]) };
 * console.log(kernel(state) === kernel(state)); // true
 * tf.dispose([state.latent, kernel(state)]);
 * ```
 */
export function sharedValue<State extends object, Value extends tf.Tensor>(
  compute: (state: State) => Value,
): (state: State) => Value {
  const values = new WeakMap<State, Value>();
  return (state) => {
    const known = values.get(state);
    // One that was computed within a scope of its own has been freed with it.
    if (known !== undefined && !known.isDisposed) return known;
    const value = compute(state);
    values.set(state, value);
    return value;
  };
}
