import { startAtComponents } from '@crossmodal/encoders';
import type { Fit } from '@crossmodal/method';
import { chunkedForward, type tf } from '@crossmodal/tensors';
import type { CmscDccaTypes } from './types.js';

/** Pre-trains the dense layers in closed form, at the principal components of the features they see: Eq. 8 for this layer. */
export async function startHeads({
  method,
  network,
  samples,
  random,
  watch,
}: Fit<CmscDccaTypes>): Promise<void> {
  const streams = random.fork('training').fork('heads');
  for (const [v, front] of network.fronts.entries()) {
    const { x, present } = samples[v]!;
    const forward = chunkedForward({
      where: method,
      forward: (inputs: { readonly x: tf.Tensor }) => ({ z: front.apply(inputs.x, { training: false }) }),
    });
    const { z } = await forward.run({ x }, watch.signal).finally(() => forward.dispose());
    startAtComponents(network.heads[v]!, z, { present, random: streams.fork(`components ${v}`) });
  }
}
