import { heNormal, type Initialiser } from '@crossmodal/encoders';
import { attentionFusion } from '@crossmodal/fusion';
import type { NetworkPart, ResolvedOptions } from '@crossmodal/method';
import { createNetwork } from '../network/create-network.js';
import { networkReader } from '../network/network-reader.js';
import { networkOptions, type partOptions } from '../options.js';
import type { EamcTypes, AttentionPart } from '../types.js';

/** Factor of the start of the attention's last layer: a small one starts with nearly equal weights. */
const ATTENTION_START = 0.1;

/** Small encoders with batch normalisation, and latents of one length. */
export const defaultNetwork: NetworkPart<
  EamcTypes,
  ResolvedOptions<typeof partOptions & typeof networkOptions>
> = {
  options: networkOptions,
  create(context) {
    const { hiddenUnits, latentUnits, headUnits, temperature, attention, adversary } = context.options;
    return createNetwork(
      {
        encoder: [
          { units: hiddenUnits, batchNorm: true },
          { units: latentUnits, activation: 'linear' },
        ],
        head: [{ units: headUnits, batchNorm: 'afterActivation' }],
        normaliseLogits: false,
        unitRows: true,
        attention: attention ? attentionAt(temperature) : undefined,
        discriminator: adversary ? [256, 128] : undefined,
      },
      context,
    );
  },
  reader: networkReader,
};

function attentionAt(temperature: number): AttentionPart['create'] {
  return ({ latentSizes, random }) => {
    const initialiser: Initialiser = (shape, fans, source) => {
      const factor = shape[1] === latentSizes.length ? ATTENTION_START : 1;
      return heNormal(shape, fans, source).map((value) => factor * value);
    };
    return attentionFusion({ latentSizes, temperature, initialiser, random });
  };
}
