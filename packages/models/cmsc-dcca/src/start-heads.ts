import { chunkedForward, presenceOf } from '@crossmodal/assembly';
import type { DenseMatrix, Modality, RandomSource } from '@crossmodal/core';
import { randomisedSvd, tf, toTensor } from '@crossmodal/tensors';
import type { SampleArray } from '@crossmodal/training';
import { selectDenseRows } from './select-dense-rows.js';
import type { CmscDccaNetwork } from './network.js';

/** What {@link startHeads} takes. */
export interface StartHeadsOptions {
  readonly network: CmscDccaNetwork;
  readonly samples: readonly SampleArray[];
  readonly modalities: readonly Modality[];
  readonly random: RandomSource;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Pre-trains the dense layers in closed form: at the principal components of the features they see, centred, in one unit for all components,
 * so that a latent's mean square is 1. Of all linear layers these rebuild their input with the least squared error, Eq. 8 for this layer.
 */
export async function startHeads(options: StartHeadsOptions): Promise<void> {
  const { network, samples, modalities, random, signal } = options;
  for (const [v, front] of network.fronts.entries()) {
    const forward = chunkedForward({
      where: 'cmsc-dcca',
      forward: ({ x }) => ({ z: front.apply(x!, { training: false }) }),
    });
    const { z } = await forward.run({ x: samples[v]! }, signal).finally(() => forward.dispose());
    assignComponents(
      network.heads[v]!.trainable,
      selectDenseRows(z!, presenceOf(modalities[v]!)),
      random.fork(`components ${v}`),
    );
  }
}

function assignComponents(
  [kernel, offsets]: readonly tf.Variable[],
  features: DenseMatrix<Float32Array>,
  random: RandomSource,
): void {
  const [size, units] = kernel!.shape as [number, number];
  const rank = Math.min(units, features.rows);
  tf.tidy(() => {
    const x = toTensor(features) as tf.Tensor2D;
    const mean = tf.mean(x, 0, true);
    const { s, v } = randomisedSvd(tf.sub(x, mean), { rank, random });
    const energy = tf.sum(tf.square(s)).dataSync()[0]!;
    // Equal samples have no components: any unit will do.
    const unit = energy > 0 ? Math.sqrt((features.rows * rank) / energy) : 1;
    const components = tf.mul(v, unit) as tf.Tensor2D;
    // With fewer samples than units the rest stay zero.
    const padded = rank === units ? components : tf.concat([components, tf.zeros([size, units - rank])], 1);
    kernel!.assign(padded);
    offsets!.assign(tf.reshape(tf.neg(tf.matMul(mean, padded)), [units]));
  });
}
