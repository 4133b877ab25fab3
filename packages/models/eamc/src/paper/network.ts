import { attentionFusion } from '@crossmodal/fusion';
import type { NetworkPart, ResolvedOptions } from '@crossmodal/method';
import { createNetwork } from '../network/create-network.js';
import { networkReader } from '../network/network-reader.js';
import { paperNetworkOptions, type partOptions } from '../options.js';
import type { EamcTypes } from '../types.js';

/** The paper's layers; discriminators have the public code's. */
export const paperNetwork: NetworkPart<
  EamcTypes,
  ResolvedOptions<typeof partOptions & typeof paperNetworkOptions>
> = {
  options: paperNetworkOptions,
  create(context) {
    const { reading, temperature, attention, adversary } = context.options;
    const text = reading === 'text';
    return createNetwork(
      {
        encoder: [{ units: 200 }, { units: 200 }, { units: 500 }],
        head: [{ units: 100, batchNorm: text ? false : 'afterActivation' }],
        normaliseLogits: text,
        unitRows: false,
        attention: attention ? (sizes) => attentionFusion({ ...sizes, temperature }) : undefined,
        discriminator: adversary ? [256, 256, 128] : undefined,
      },
      context,
    );
  },
  reader: networkReader,
};
