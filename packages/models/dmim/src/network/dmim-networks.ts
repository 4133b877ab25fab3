import { gaussian, sharedEncoder, type SharedEncoder } from '@crossmodal/encoders';
import type { NetworkContext, NetworkPart, ResolvedOptions } from '@crossmodal/method';
import type { RandomSource } from '@crossmodal/core';
import { defaultNetworkOptions, networkOptions } from '../options.js';
import type { DmimPrepared, DmimTypes } from '../types.js';
import { assembleNetwork } from './dmim-network.js';
import { dmimReader } from './dmim-reader.js';

/** Dimension of the default's codes when nothing reads them: the bound then acts on the encoder alone, and few dimensions do. */
const OBSERVED_CODE = 32;

/** Two layers with normalisation of each modality's own; heads that start with logits of unit size. */
export const defaultNetwork: NetworkPart<DmimTypes, ResolvedOptions<typeof defaultNetworkOptions>> = {
  options: defaultNetworkOptions,
  create(context) {
    const { options, prepared, clusters } = context;
    return assembleNetwork({
      options,
      clusters,
      random: startOf(context),
      encoder: (random) =>
        ownEncoder(context, random) ??
        sharedEncoder({
          inputSizes: inputSizesOf(prepared),
          layers: twoLayers(options.units),
          normalisation: 'own',
          initialiser: 'heNormal',
          random,
        }),
      headInitialiser: (units) => gaussian({ standardDeviation: units ** -0.5 }),
      observedCode: (units) => Math.min(units, OBSERVED_CODE),
    });
  },
  reader: dmimReader,
};

/** The public code's layers, as wide as the widest input, with one normalisation for all modalities and weights from N(0, 0.02^2). */
export const paperNetwork: NetworkPart<DmimTypes, ResolvedOptions<typeof networkOptions>> = {
  options: networkOptions,
  create(context) {
    const { options, prepared, clusters } = context;
    const inputSizes = inputSizesOf(prepared);
    const small = gaussian();
    return assembleNetwork({
      options,
      clusters,
      random: startOf(context),
      encoder: (random) =>
        ownEncoder(context, random) ??
        sharedEncoder({
          inputSizes,
          layers: twoLayers(Math.max(...inputSizes)),
          normalisation: 'shared',
          initialiser: small,
          random,
        }),
      headInitialiser: () => small,
      observedCode: (units) => units,
    });
  },
  reader: dmimReader,
};

function startOf({ random, attempt }: NetworkContext<DmimTypes, unknown>): RandomSource {
  return random.fork(`network ${attempt}`);
}

function twoLayers(units: number) {
  return [
    { units, batchNorm: true },
    { units, batchNorm: true },
  ];
}

/** Features of the modalities that are in the network. */
function inputSizesOf({ inputs, weights }: DmimPrepared): number[] {
  return inputs.flatMap(({ size }, v) => (weights[v]! > 0 ? [size] : []));
}

function ownEncoder(
  { parts, prepared }: NetworkContext<DmimTypes, unknown>,
  random: RandomSource,
): SharedEncoder | undefined {
  return parts.encoder?.create({ inputSizes: inputSizesOf(prepared), random });
}
