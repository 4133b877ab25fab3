import type { RandomSource } from '@crossmodal/core';
import {
  block,
  convolutionalDecoder,
  convolutionalEncoder,
  convolutionShapes,
  dense,
  disposeOnError,
  imageFrontEnd,
  mlp,
  mlpDecoder,
  sequential,
  sizeOf,
  type ConvolutionLayerOptions,
  type Decoder,
  type DenseLayerOptions,
  type Encoder,
  type EncoderPart,
  type Initialiser,
  type InitialiserName,
  type Layer,
  checkEncoderCount,
} from '@crossmodal/encoders';
import { affinityFusion } from '@crossmodal/fusion';
import type { NetworkContext, NetworkPart, ResolvedOptions } from '@crossmodal/method';
import { fusionReader } from '@crossmodal/subspace';
import { networkOptions, paperNetworkOptions } from './options.js';
import type { CmscDccaNetwork, CmscDccaTypes } from './types.js';

type DefaultOptions = ResolvedOptions<typeof networkOptions>;
type PaperOptions = ResolvedOptions<typeof paperNetworkOptions>;

/** Layers before the dense one, the same for all modalities of a kind, and how they start. */
interface Blueprint {
  readonly images: readonly ConvolutionLayerOptions[];
  readonly vectors: readonly DenseLayerOptions[];
  readonly encoderStart: (v: number) => Initialiser | InitialiserName;
  readonly start: InitialiserName;
}

/** Table 1: kernels 4, 3, 4 with strides 2, 1, 2; the channels are those of the public code of the authors' group. */
const PAPER_LAYERS: readonly ConvolutionLayerOptions[] = [
  { filters: 10, kernelSize: 4, strides: 2 },
  { filters: 20, kernelSize: 3, strides: 1 },
  { filters: 30, kernelSize: 4, strides: 2 },
];

/** Filters of images start from their patches, and are few. */
export const defaultNetwork: NetworkPart<CmscDccaTypes, DefaultOptions> = {
  options: networkOptions,
  /** Canonical correlations need many more samples than columns: 16 per column at least, yet two columns per cluster. */
  complete: ({ latentUnits }, { clusters, n }) => ({
    latentUnits: Math.min(latentUnits, Math.max(2 * clusters, Math.floor(n / 16))),
  }),
  create(context) {
    const { filters, kernelSize, cells, units } = context.options;
    const shapes = context.prepared.map(({ shape }) => shape);
    const modalities = context.training?.modalities;
    const frontEnd = imageFrontEnd({ shapes, modalities, filters, kernelSize, cells });
    return createNetwork(context, {
      images: [frontEnd.layer],
      vectors: [{ units }],
      encoderStart: (v) => frontEnd.initialiser(v),
      start: 'heNormal',
    });
  },
  reader: (context) => fusionReader(context, context.options.features ? encodeLevels : undefined),
};

/** Table 1 of the paper. */
export const paperNetwork: NetworkPart<CmscDccaTypes, PaperOptions> = {
  options: paperNetworkOptions,
  create: (context) =>
    createNetwork(context, {
      images: PAPER_LAYERS,
      vectors: [{ units: 200 }, { units: 100 }],
      encoderStart: () => 'xavierUniform',
      start: 'xavierUniform',
    }),
  reader: (context) => fusionReader(context),
};

/** The latents, one per modality, and behind them the features that the dense layers see, in the same order. */
const encodeLevels: Parameters<typeof fusionReader<CmscDccaTypes>>[1] = ({ fronts, heads }, inputs) => {
  const features = fronts.map((front, v) => front.apply(inputs[v]!, { training: false }));
  const latents = heads.map((head, v) => head.apply(features[v]!, { training: false }));
  return [...latents, ...features];
};

/** Encoders and decoders for given input shapes. */
function createNetwork(
  { options, prepared, parts, random: source }: NetworkContext<CmscDccaTypes, PaperOptions>,
  blueprint: Blueprint,
): CmscDccaNetwork {
  checkEncoderCount('cmsc-dcca', parts.encoders ?? [], prepared.length);
  const random = source.fork('network');
  const fronts: Encoder[] = [];
  const heads: Layer[] = [];
  return disposeOnError((built: Layer[]) => {
    const keep = <L extends Layer>(layer: L): L => {
      built.push(layer);
      return layer;
    };
    const pairs = prepared.map(({ shape }, v) => {
      const { front, decoder: own } = frontOf(blueprint, shape, v, parts.encoders?.[v], random);
      keep(front);
      const frontSize = sizeOf(front.outputShape);
      const units = Math.min(options.latentUnits, frontSize);
      const initialiser = blueprint.start;
      const head = keep(
        dense({ inputSize: frontSize, units, initialiser, random: random.fork(`head ${v}`) }),
      );
      const decoder = keep(
        decoderOf(blueprint, shape, { frontSize, units, own }, random.fork(`decoder ${v}`)),
      );
      fronts.push(front);
      heads.push(head);
      return { encoder: sequential(shape, [front, head]), decoder };
    });
    const fusion = affinityFusion({
      encoders: pairs.map(({ encoder }) => encoder),
      decoders: pairs.map(({ decoder }) => decoder),
    });
    return { ...fusion, fronts, heads };
  });
}

function frontOf(
  { images, vectors, encoderStart }: Blueprint,
  shape: readonly number[],
  v: number,
  own: EncoderPart | undefined,
  random: RandomSource,
): { readonly front: Encoder; readonly decoder?: Decoder } {
  const stream = random.fork(`encoder ${v}`);
  if (own !== undefined) {
    const made = own.create({ shape, random: stream });
    return 'encoder' in made ? { front: made.encoder, decoder: made.decoder } : { front: made };
  }
  const common = { initialiser: encoderStart(v), random: stream };
  return {
    front:
      shape.length === 3
        ? convolutionalEncoder({ inputShape: shape, layers: images, ...common })
        : mlp({ inputSize: shape[0]!, layers: vectors, ...common }),
  };
}

/** The mirror: a dense layer back to the size of the front, then the front's layers in reverse. */
function decoderOf(
  { images, vectors, start: initialiser }: Blueprint,
  shape: readonly number[],
  {
    frontSize,
    units,
    own,
  }: { readonly frontSize: number; readonly units: number; readonly own?: Decoder | undefined },
  random: RandomSource,
): Decoder {
  if (own === undefined && shape.length === 1) {
    return mlpDecoder({ inputSize: shape[0]!, layers: [...vectors, { units }], initialiser, random });
  }
  return disposeOnError((built: Layer[]) => {
    const mapSize = own === undefined ? sizeOf(convolutionShapes(shape, images).at(-1)!) : frontSize;
    built.push(
      ...block(dense({ inputSize: units, units: mapSize, initialiser, random }), { activation: 'relu' }),
    );
    built.push(own ?? convolutionalDecoder({ inputShape: shape, layers: images, initialiser, random }));
    return sequential([units], built);
  });
}
