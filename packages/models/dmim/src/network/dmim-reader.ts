import { meanOverModalities, type DenseMatrix } from '@crossmodal/core';
import type { Reader, ReaderContext } from '@crossmodal/method';
import { chunkedForward, tf } from '@crossmodal/tensors';
import type { DmimSamples, DmimSeen, DmimTypes, ModalityReading } from '../types.js';

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
        return {
          latent,
          memberships: tf.softmax(logits),
          ...(overLogits && { overMemberships: tf.softmax(overLogits) }),
        };
      }),
  });
  return {
    async read(samples, signal) {
      const inputs = samples.map(({ x }) => x);
      return joined(await forward.run(inputs, signal), samples);
    },
    dispose: () => forward.dispose(),
  };
}

/**
 * Mean of what the network says of samples over the modalities in which they are, by the weights of these; zeros for a sample in no modality.
 *
 * @param of - which matrix of a reading, shape `[n, d]`
 */
export function meanReading(
  samples: readonly Pick<DmimSamples, 'weight' | 'present'>[],
  modalities: readonly ModalityReading[],
  of: (reading: ModalityReading) => DenseMatrix<Float32Array>,
): DenseMatrix<Float32Array> {
  return meanOverModalities(
    samples.map(({ weight, present }, v) => ({ rows: of(modalities[v]!), weight, present })),
  );
}

function joined(modalities: readonly ModalityReading[], samples: readonly DmimSamples[]): DmimSeen {
  return {
    modalities,
    get memberships() {
      return evenWithout(meanReading(samples, modalities, (reading) => reading.memberships));
    },
    get embedding() {
      return meanReading(samples, modalities, ({ latent }) => latent);
    },
  };
}

/** Memberships that are even for a sample without any. */
function evenWithout(memberships: DenseMatrix<Float32Array>): DenseMatrix<Float32Array> {
  const { rows, columns: k, values } = memberships;
  const even = values.slice();
  for (let i = 0; i < rows; i++) {
    const row = even.subarray(i * k, (i + 1) * k);
    if (row.every((value) => value === 0)) row.fill(1 / k);
  }
  return { ...memberships, values: even };
}
