import { CrossmodalError } from '@crossmodal/core';
import { tf, type Module } from '@crossmodal/tensors';

/**
 * Moves every trainable value of some modules into `[-limit, limit]`, in tensor operations only, so that it can be the `afterUpdate` of a
 * training step: bounded weights keep a Wasserstein critic Lipschitz.
 *
 * @param limit - above 0
 * @throws CrossmodalError `option` when the limit is not a positive number.
 * @see Arjovsky et al., Wasserstein GAN, 2017, Algorithm 1; Jiang et al., DM2C, NeurIPS 2019, Algorithm 1, lines 9 and 10
 * @example
 * ```ts
 * import { tf } from '@crossmodal/tensors';
 * const w = tf.tidy(() => tf.variable(tf.tensor1d([-3, 0.01])));
 * clipWeights([{ trainable: [w] }], 0.05); // [-0.05, 0.01]
 * w.dispose();
 * ```
 */
export function clipWeights(modules: readonly Pick<Module, 'trainable'>[], limit: number): void {
  if (!(limit > 0 && Number.isFinite(limit))) {
    throw new CrossmodalError({
      code: 'option',
      where: "clipWeights option 'limit'",
      expected: 'a number above 0',
      received: String(limit),
    });
  }
  tf.tidy(() => {
    for (const { trainable } of modules)
      for (const variable of trainable) variable.assign(tf.clipByValue(variable, -limit, limit));
  });
}
