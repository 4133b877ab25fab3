import {
  clusteringNetwork,
  gaussian,
  sharedEncoder,
  type ClusteringNetwork,
  type ClusteringNetworkOptions,
  type SharedEncoderOptions,
} from '@crossmodal/encoders';
import type { NetworkContext, NetworkPart, ResolvedOptions } from '@crossmodal/method';
import { defaultNetworkOptions, networkOptions } from '../options.js';
import type { DmimTypes } from '../types.js';
import { dmimReader } from './dmim-reader.js';

/** Dimension of the default's codes when nothing reads them: the bound then acts on the encoder alone, and few dimensions do. */
const OBSERVED_CODE = 32;

const unused = [{ when: { overclustering: false }, options: ['overclusteringFactor'] }];

/** Two layers with normalisation of each modality's own; heads that start with logits of unit size. */
export const defaultNetwork: NetworkPart<DmimTypes, ResolvedOptions<typeof defaultNetworkOptions>> = {
  options: defaultNetworkOptions,
  unused,
  create: (context) =>
    dmimNetwork(context, {
      encoder: () => ({
        layers: twoLayers(context.options.units),
        normalisation: 'own',
        initialiser: 'heNormal',
      }),
      headInitialiser: (units) => gaussian({ standardDeviation: units ** -0.5 }),
      observedCode: (units) => Math.min(units, OBSERVED_CODE),
    }),
  reader: dmimReader,
};

/** The public code's layers, as wide as the widest input, with one normalisation for all modalities and weights from N(0, 0.02^2). */
export const paperNetwork: NetworkPart<DmimTypes, ResolvedOptions<typeof networkOptions>> = {
  options: networkOptions,
  unused,
  create: (context) =>
    dmimNetwork(context, {
      encoder: (inputSizes) => ({
        layers: twoLayers(Math.max(...inputSizes)),
        normalisation: 'shared',
        initialiser: gaussian(),
      }),
      headInitialiser: () => gaussian(),
      observedCode: (units) => units,
    }),
  reader: dmimReader,
};

interface NetworkForm extends Pick<ClusteringNetworkOptions, 'headInitialiser'> {
  readonly encoder: (inputSizes: readonly number[]) => Omit<SharedEncoderOptions, 'inputSizes' | 'random'>;
  /** Dimension of codes that no head sees. */
  readonly observedCode: (units: number) => number;
}

/** Puts the heads that options ask for behind the caller's encoder, or that of a recipe. */
function dmimNetwork(
  {
    options: { codes, superfluous, overclustering, overclusteringFactor },
    ...context
  }: NetworkContext<DmimTypes, ResolvedOptions<typeof networkOptions>>,
  { encoder, headInitialiser, observedCode }: NetworkForm,
): ClusteringNetwork {
  const { parts, clusters, random, prepared } = context;
  const inputSizes = prepared.inputs.flatMap(({ size }, v) => (prepared.weights[v]! > 0 ? [size] : []));
  const sampled = codes === 'samples';
  return clusteringNetwork({
    encoder: (own) =>
      parts.encoder?.create({ inputSizes, random: own }) ??
      sharedEncoder({ ...encoder(inputSizes), inputSizes, random: own }),
    clusters,
    overclusters: overclustering ? overclusteringFactor * clusters : undefined,
    ...(headInitialiser && { headInitialiser }),
    codes:
      sampled || superfluous !== 'none'
        ? (units) => ({
            size: sampled ? units : observedCode(units),
            initialiser: sampled ? 'orthogonal' : gaussian(),
            sampled,
          })
        : undefined,
    random: random.fork('network 0'),
  });
}

function twoLayers(units: number) {
  const layer = { units, batchNorm: true };
  return [layer, layer];
}
