import { createCycleMapping } from '@crossmodal/alignment';
import { mlp, mlpDecoder } from '@crossmodal/encoders';
import type { NetworkPart, ResolvedOptions } from '@crossmodal/method';
import { checkMaps } from '../network/check-maps.js';
import { createMixedNetwork } from '../network/mixed-network.js';
import { unifyReader } from '../network/unify-reader.js';
import { paperNetworkOptions, type commonOptions } from '../options.js';
import type { Dm2cTypes } from '../types.js';

type Options = ResolvedOptions<typeof commonOptions & typeof paperNetworkOptions>;

/** Linear, leaky ReLU, batch normalisation: the order of the public code. */
const BLOCK = { activation: 'leakyRelu', batchNorm: 'afterActivation' } as const;

/**
 * The paper's perceptrons, which start at random. The last layer of an encoder is linear, that of a decoder has no batch normalisation, as in the public
 * code.
 */
export const paperNetwork: NetworkPart<Dm2cTypes, Options> = {
  options: paperNetworkOptions,
  check: (options) => checkMaps('createDm2c', options, false),
  create(context) {
    const { prepared, options } = context;
    const { recipes, latentSize, anchor } = prepared;
    const layers = [
      ...options.units.map((units) => ({ units, ...BLOCK })),
      { units: latentSize, activation: 'linear' as const },
    ];
    return createMixedNetwork(context, {
      encoder: (_, inputSize, random) => mlp({ inputSize, layers, random }),
      decoder: (_, inputSize, random) =>
        mlpDecoder({ inputSize, layers, outputActivation: 'leakyRelu', random }),
      mapping: (random) =>
        createCycleMapping({
          latentSizes: recipes.map(() => latentSize),
          anchor,
          hidden: options.generatorUnits.map((units) => ({ units, ...BLOCK })),
          outputActivation: 'leakyRelu',
          random,
        }),
    });
  },
  reader: unifyReader,
};
