import type { Fit } from '@crossmodal/method';
import { chunkedForward, tf } from '@crossmodal/tensors';
import type { EamcBatch, EamcTypes } from '../types.js';
import { encode } from './forward.js';
import { CHUNK } from './network-reader.js';

/** Sets the weights of the modalities to the mean of the attention over the samples that have them, scaled to sum 1. */
export async function settleWeights({
  method,
  network,
  samples,
  watch,
}: Pick<Fit<EamcTypes>, 'method' | 'network' | 'samples' | 'watch'>): Promise<void> {
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
  try {
    const { scores } = await reader.run(samples, watch.signal);
    const present = samples.modalities.map(({ mask }) => mask?.values);
    const settled = tf.tensor1d(Float32Array.from(meanScores(scores.values, scores.rows, present)));
    modalityWeights.assign(settled);
    settled.dispose();
  } finally {
    reader.dispose();
  }
}

/** Mean of each column `[n, V]` over the samples that have the modality, scaled to sum 1. */
function meanScores(
  scores: Float32Array,
  rows: number,
  present: readonly (Float32Array | undefined)[],
): Float64Array {
  const columns = present.length;
  const means = new Float64Array(columns);
  const counts = present.map((flags) => flags?.reduce((sum, flag) => sum + flag, 0) ?? rows);
  scores.forEach((score, p) => {
    const v = p % columns;
    if (present[v]?.[Math.floor(p / columns)] !== 0) means[v]! += score / counts[v]!;
  });
  if (present.every((flags) => flags === undefined)) return means;
  const sum = means.reduce((total, mean) => total + mean, 0);
  return means.map((mean) => mean / sum);
}
