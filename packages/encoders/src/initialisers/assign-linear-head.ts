import { CrossmodalError } from '@crossmodal/core';
import { tf, type Module } from '@crossmodal/tensors';
import type { LinearHead } from './nearest-mean-head.js';

/**
 * Gives the first classes of a dense layer other weights, such as those of {@link nearestMeanHead}; classes beyond keep theirs.
 *
 * @param layer - a layer `x W + b` with `W` of shape `[d, m]` and `b` of `[m]`, its only trainable variables
 * @param head - weights of k classes, `k <= m`
 * @throws CrossmodalError `shape` when the layer has other variables, or the head does not fit it.
 * @example
 * ```ts
 * import { fromRows, randomSource } from '@crossmodal/core';
 * const layer = dense({ inputSize: 2, units: 3, random: randomSource(1) });
 * const latents = fromRows([[0, 0], [0, 2], [4, 0], [4, 2]]);
 * await assignLinearHead(layer, nearestMeanHead(latents, [0, 0, 1, 1], { classes: 2 }));
 * layer.dispose();
 * ```
 */
export async function assignLinearHead(
  layer: Pick<Module, 'trainable'>,
  { kernel, offsets }: LinearHead,
): Promise<void> {
  const [weights, shifts] = layer.trainable;
  const [units, count] = weights?.shape ?? [];
  const { rows, columns: classes } = kernel;
  if (
    weights?.rank !== 2 ||
    shifts?.rank !== 1 ||
    layer.trainable.length !== 2 ||
    rows !== units ||
    classes > count! ||
    offsets.length !== classes
  ) {
    throw new CrossmodalError({
      code: 'shape',
      where: 'assignLinearHead',
      expected: `a layer with a kernel of ${rows} rows and ${classes} columns or more, and a bias`,
      received: layer.trainable.map(({ shape }) => `[${shape.join(', ')}]`).join(', '),
    });
  }
  const values = Float32Array.from(await weights.data());
  const shift = Float32Array.from(await shifts.data());
  for (let j = 0; j < rows; j++) {
    values.set(kernel.values.subarray(j * classes, (j + 1) * classes), j * count!);
  }
  shift.set(offsets);
  tf.tidy(() => {
    weights.assign(tf.tensor(values, weights.shape));
    shifts.assign(tf.tensor(shift, shifts.shape));
  });
}
