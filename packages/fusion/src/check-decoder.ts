import { CrossmodalError } from '@crossmodal/core';
import { batchShape, sameShape, type Decoder } from '@crossmodal/encoders';

/** Refuses a decoder that does not lead from a latent `[n, latentSize]` to its modality. */
export function checkDecoder(
  v: number,
  decoder: Decoder,
  latentSize: number,
  shape: readonly number[],
): void {
  if (!sameShape(decoder.inputShape, [latentSize])) {
    refuse(`decoder ${v} to take the latent [n, ${latentSize}]`, batchShape(decoder.inputShape));
  }
  if (!sameShape(decoder.outputShape, shape)) {
    refuse(`decoder ${v} to give modality ${v} back, ${batchShape(shape)}`, batchShape(decoder.outputShape));
  }
}

function refuse(expected: string, received: string): never {
  throw new CrossmodalError({ code: 'shape', where: 'fusion', expected, received });
}
