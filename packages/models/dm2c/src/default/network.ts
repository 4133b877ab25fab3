import { cycleMapping, type CycleMapping, type LinearMap } from '@crossmodal/alignment';
import type { RandomSource } from '@crossmodal/core';
import { disposeOnError, residualDense, type Layer } from '@crossmodal/encoders';
import type { NetworkContext, NetworkPart, ResolvedOptions } from '@crossmodal/method';
import { checkMaps } from '../network/check-maps.js';
import { createMixedNetwork } from '../network/mixed-network.js';
import { unifyReader } from '../network/unify-reader.js';
import { defaultNetworkOptions, type commonOptions, type defaultInputOptions } from '../options.js';
import type { Dm2cTypes } from '../types.js';

type Options = ResolvedOptions<typeof commonOptions & typeof defaultNetworkOptions> &
  Partial<Pick<ResolvedOptions<typeof defaultInputOptions>, 'alignment'>>;
type Context = NetworkContext<Dm2cTypes, Options>;

/** Linear maps that start from the closed form, where the inputs found one, and nonlinear parts that start at zero. */
export const defaultNetwork: NetworkPart<Dm2cTypes, Options> = {
  options: defaultNetworkOptions,
  check: (options) => checkMaps('createDm2c', options, (options.alignment ?? 'none') !== 'none'),
  create(context) {
    const { prepared, options, training, parts } = context;
    const { latentSize } = prepared;
    // What was aligned are the latents of the recipe's own encoders.
    const replaced = (v: number) => parts.encoders?.[v] !== undefined;
    if (prepared.recipes.some((_, v) => replaced(v))) checkMaps('dm2c', options, false);
    const start = training?.structure;
    const layer = (from: number, to: number, random: RandomSource, map: LinearMap | undefined) =>
      residual({ from, to, hidden: options.hidden, random, map });
    return createMixedNetwork(context, {
      encoder: (v, size, random) => layer(size, latentSize, random, start?.encoders[v]),
      decoder: (v, size, random) =>
        layer(latentSize, size, random, replaced(v) ? undefined : start?.decoders[v]),
      mapping: (random) => residualMapping(context, random, replaced),
    });
  },
  reader: unifyReader,
};

function residualMapping(
  { prepared: { recipes, latentSize, anchor }, options: { hidden }, training }: Context,
  random: RandomSource,
  replaced: (v: number) => boolean,
): CycleMapping {
  const others = recipes.map((_, v) => v).filter((v) => v !== anchor);
  return disposeOnError((built: Layer[]) => {
    const maps = others.map((v, m) => {
      const start = replaced(v) || replaced(anchor) ? undefined : training?.structure?.maps?.[m];
      const own = random.fork(`map ${m}`);
      const sides = { from: latentSize, to: latentSize, hidden, random: own };
      const to = residual({ ...sides, map: start?.to });
      built.push(to);
      const from = residual({ ...sides, map: start?.from });
      built.push(from);
      return { to, from };
    });
    return cycleMapping({ anchorSize: latentSize, anchor, maps });
  });
}

function residual({
  from,
  to,
  hidden,
  random,
  map,
}: {
  readonly from: number;
  readonly to: number;
  readonly hidden: number;
  readonly random: RandomSource;
  /** @defaultValue a start at random */
  readonly map: LinearMap | undefined;
}): Layer {
  const start = map && {
    initialiser: () => Float32Array.from(map.weights.values),
    offsets: Float32Array.from(map.offsets),
  };
  return residualDense({ inputSize: from, units: to, hidden, random, ...start });
}
