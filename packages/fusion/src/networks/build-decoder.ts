import {
  block,
  convolutionShapes,
  convolutionalDecoder,
  dense,
  mlpDecoder,
  sameShape,
  sequential,
  sizeOf,
  type Decoder,
} from '@crossmodal/encoders';
import type { Blueprint } from './build-layers.js';

/**
 * The decoder of a modality from a latent whose feature map has the given shape, taken as `[n, size]`.
 *
 * Where the map is of the size of the modality's own, convolutions take it as it is, whatever its channels; otherwise a dense
 * layer brings the latent to that size first.
 */
export function buildDecoder(
  blueprint: Blueprint,
  shape: readonly number[],
  latent: readonly number[],
  label: string,
): Decoder {
  const decoder = decoderOf(blueprint, shape, latent, label);
  blueprint.built.push(decoder);
  return decoder;
}

function decoderOf(
  { networks, initialiser, random }: Blueprint,
  shape: readonly number[],
  latent: readonly number[],
  label: string,
): Decoder {
  const common = { initialiser, random: random.fork(label) };
  const latentSize = sizeOf(latent);
  if (shape.length === 1) {
    const { layers, outputActivation } = networks.vectors;
    return mlpDecoder({ inputSize: shape[0]!, layers, latentSize, outputActivation, ...common });
  }
  const { layers, outputActivation } = networks.images;
  const own = convolutionShapes(shape, layers).at(-1)!;
  const decoder = { inputShape: shape, layers, outputActivation, ...common };
  // Without layers there is no convolution that could change the number of channels.
  const fits = latent.length === 3 && sameShape(latent.slice(0, 2), own.slice(0, 2));
  if (fits && (layers.length > 0 || latent[2] === own[2])) {
    return convolutionalDecoder({ ...decoder, latentChannels: latent[2]! });
  }
  const adapter = dense({ inputSize: latentSize, units: sizeOf(own), ...common });
  const { activation = 'relu' } = layers.at(-1) ?? { activation: outputActivation };
  return sequential([latentSize], [...block(adapter, { activation }), convolutionalDecoder(decoder)]);
}
