import type { Reader, ReaderContext } from '@crossmodal/method';
import { chunkedForward } from '@crossmodal/tensors';
import type { EamcBatch, EamcTypes } from '../types.js';
import { forward } from './forward.js';

/** Samples in one pass. */
export const CHUNK = 512;

/** Reads fused latents and soft assignments of any number of samples, chunk by chunk. */
export function networkReader({
  network,
  where,
}: Pick<ReaderContext<EamcTypes, unknown>, 'network' | 'where'>): Reader<EamcTypes> {
  const whole = chunkedForward({
    where,
    chunk: CHUNK,
    forward(batch: EamcBatch) {
      const { fused, assignments } = forward(network, batch, { training: false });
      return { fused, assignments };
    },
  });
  return {
    async read(samples, signal) {
      const { fused, assignments } = await whole.run(samples, signal);
      return { embedding: fused, memberships: assignments };
    },
    dispose: () => whole.dispose(),
  };
}
