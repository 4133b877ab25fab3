import { meanOverModalities, type DenseMatrix, type WeightedRows } from '@crossmodal/core';
import type { Reader, ReaderContext } from '@crossmodal/method';
import { meanMemberships } from '@crossmodal/spectral';
import { chunkedForward, tf } from '@crossmodal/tensors';
import type { DmimSamples, DmimTypes, ModalityReading } from '../types.js';

/** Makes the reader of a network: heads see what they see in inference. */
export function dmimReader({
  network,
  where,
}: Pick<ReaderContext<DmimTypes, never>, 'network' | 'where'>): Reader<DmimTypes> {
  const forward = chunkedForward({
    where,
    forward: (inputs: readonly tf.Tensor[]) =>
      inputs.map((x, v) => {
        const { latent, logits, overLogits } = network.apply(x, v, { training: false });
        const overMemberships = overLogits && tf.softmax(overLogits);
        return { latent, memberships: tf.softmax(logits), ...(overMemberships && { overMemberships }) };
      }),
  });
  return {
    async read(samples, signal) {
      const inputs = samples.map(({ x }) => x);
      const modalities: readonly ModalityReading[] = await forward.run(inputs, signal);
      return {
        modalities,
        memberships: meanMemberships(weighted(samples, modalities, (reading) => reading.memberships)),
        embedding: meanOverModalities(weighted(samples, modalities, ({ latent }) => latent)),
      };
    },
    dispose: () => forward.dispose(),
  };
}

/**
 * What the network says of samples in each modality, for means over these.
 *
 * @param of - which matrix of a reading, shape `[n, d]`
 */
export function weighted(
  samples: readonly DmimSamples[],
  modalities: readonly ModalityReading[],
  of: (reading: ModalityReading) => DenseMatrix<Float32Array>,
): WeightedRows[] {
  return samples.map(({ weight, present }, v) => ({ rows: of(modalities[v]!), weight, present }));
}
