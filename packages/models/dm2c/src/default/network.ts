import { createResidualMapping, residualMap } from '@crossmodal/alignment';
import type { NetworkPart, ResolvedOptions } from '@crossmodal/method';
import { checkMaps } from '../network/check-maps.js';
import { createMixedNetwork } from '../network/mixed-network.js';
import { unifyReader } from '../network/unify-reader.js';
import { defaultNetworkOptions, type commonOptions, type defaultInputOptions } from '../options.js';
import type { Dm2cTypes } from '../types.js';

type Options = ResolvedOptions<typeof commonOptions & typeof defaultNetworkOptions> &
  Partial<Pick<ResolvedOptions<typeof defaultInputOptions>, 'alignment'>>;

/** Linear maps that start from the closed form, where the inputs found one, and nonlinear parts that start at zero. */
export const defaultNetwork: NetworkPart<Dm2cTypes, Options> = {
  options: defaultNetworkOptions,
  check: (options) => checkMaps('createDm2c', options, (options.alignment ?? 'none') !== 'none'),
  create(context) {
    const { prepared, options, training, parts } = context;
    const { recipes, latentSize, anchor } = prepared;
    const { hidden } = options;
    const start = training?.structure;
    // What was aligned are the latents of the recipe's own encoders.
    const replaced = recipes.map((_, v) => parts.encoders?.[v] !== undefined);
    if (replaced.includes(true)) checkMaps('dm2c', options, false);
    const others = recipes.map((_, v) => v).filter((v) => v !== anchor);
    return createMixedNetwork(context, {
      encoder: (v, inputSize, random) =>
        residualMap({ inputSize, units: latentSize, hidden, start: start?.encoders[v], random }),
      decoder: (v, units, random) => {
        const own = replaced[v] ? undefined : start?.decoders[v];
        return residualMap({ inputSize: latentSize, units, hidden, start: own, random });
      },
      mapping: (random) =>
        createResidualMapping({
          modalities: recipes.length,
          anchor,
          latentSize,
          hidden,
          starts: others.map((v, m) => (replaced[v] || replaced[anchor] ? undefined : start?.maps?.[m])),
          random,
        }),
    });
  },
  reader: unifyReader,
};
