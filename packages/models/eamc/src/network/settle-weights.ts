import { meanWeights } from '@crossmodal/fusion';
import type { Fit } from '@crossmodal/method';
import { chunkedForward, tf } from '@crossmodal/tensors';
import type { EamcBatch, EamcTypes } from '../types.js';
import { encode } from './forward.js';
import { CHUNK } from './network-reader.js';

/** Sets the weights of the modalities to the mean of the attention over the samples that have them. */
export async function settleWeights({ method, network, samples, watch }: Fit<EamcTypes>): Promise<void> {
  const { attention, modalityWeights } = network;
  if (attention === undefined) return;
  const context = { training: false } as const;
  const reader = chunkedForward({
    where: method,
    chunk: CHUNK,
    forward(batch: EamcBatch) {
      const masks = batch.modalities.map(({ mask }) => mask);
      return { scores: attention.scores(encode(network, batch, context), context, masks) };
    },
  });
  const { scores } = await reader.run(samples, watch.signal).finally(() => reader.dispose());
  const present = samples.modalities.map(({ mask }) => mask?.values);
  const settled = tf.tensor1d(Float32Array.from(meanWeights(scores, present)));
  modalityWeights.assign(settled);
  settled.dispose();
}
