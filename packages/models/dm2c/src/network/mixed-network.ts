import {
  createCycleMapping,
  cycleMapping,
  type AlignedMaps,
  type CycleMapping,
  type LinearMap,
} from '@crossmodal/alignment';
import type { RandomSource } from '@crossmodal/core';
import {
  autoencoder,
  disposeOnError,
  mlp,
  mlpDecoder,
  residualDense,
  type Autoencoder,
  type Encoder,
  type Layer,
} from '@crossmodal/encoders';
import { joinModules, type Module } from '@crossmodal/tensors';
import type { ResolvedDefaultOptions, ResolvedDm2cOptions, ResolvedPaperOptions } from '../dm2c-options.js';

/** The critics of one modality that is not the anchor. */
export interface CriticPair {
  /** Tells the anchor's latents from those of the modality mapped to them, `[n, q_anchor]` to `[n, 1]`. */
  readonly inAnchor: Encoder;
  /** Tells the modality's latents from those of the anchor mapped to them, `[n, q_v]` to `[n, 1]`. */
  readonly inModality: Encoder;
}

/** Everything that DM2C trains. */
export interface MixedNetwork extends Module {
  /** One a modality. */
  readonly autoencoders: readonly Autoencoder[];
  /** The generators. */
  readonly mapping: CycleMapping;
  /** One pair for each of the mapping's `others`, in that order. */
  readonly critics: readonly CriticPair[];
}

/** Closed-form maps that a network starts from; `maps` is left out where the generators start at random. */
export type NetworkStart = Omit<AlignedMaps, 'maps'> & Partial<Pick<AlignedMaps, 'maps'>>;

/** What {@link createMixedNetwork} takes. */
export interface MixedNetworkOptions {
  readonly resolved: ResolvedDm2cOptions;
  /** Features of each modality. */
  readonly sizes: readonly number[];
  /** Sizes of the latents, the same for all modalities. */
  readonly latentSize: number;
  /** Number of the anchor modality. */
  readonly anchor: number;
  /** Left out when values are restored afterwards, and by the paper's preset. */
  readonly start?: NetworkStart | undefined;
  readonly random: RandomSource;
}

/** Units between a latent and the score of a critic. */
const CRITIC_UNITS = 32;

/** Autoencoders, generators and critics of a preset, for given sizes. */
export function createMixedNetwork(options: MixedNetworkOptions): MixedNetwork {
  const { resolved, sizes, latentSize, anchor, random } = options;
  return disposeOnError((built: Module[]) => {
    const keep = <M extends Module>(module: M): M => {
      built.push(module);
      return module;
    };
    const autoencoders = sizes.map((size, v) => {
      const own = random.fork(`autoencoder ${v}`);
      return keep(
        resolved.preset === 'paper'
          ? paperAutoencoder(resolved, size, own)
          : residualAutoencoder(resolved, size, latentSize, options.start, v, own),
      );
    });
    const maps = random.fork('generators');
    const mapping = keep(
      resolved.preset === 'paper'
        ? createCycleMapping({
            latentSizes: sizes.map(() => latentSize),
            anchor,
            hidden: resolved.generatorUnits.map((units) => ({ units, ...PAPER_BLOCK })),
            outputActivation: 'leakyRelu',
            random: maps,
          })
        : residualMapping(resolved, sizes.length, latentSize, anchor, options.start, maps),
    );
    const critic = (label: string): Encoder =>
      keep(
        mlp({
          inputSize: latentSize,
          layers: [
            { units: CRITIC_UNITS, activation: 'leakyRelu' },
            { units: 1, activation: 'linear' },
          ],
          random: random.fork(label),
        }),
      );
    const critics = mapping.others.map((v) => ({
      inAnchor: critic(`critic of ${v} in anchor`),
      inModality: critic(`critic in ${v}`),
    }));
    return { ...joinModules(built), autoencoders, mapping, critics };
  });
}

/** Linear, leaky ReLU, batch normalisation: the order of the public code. */
const PAPER_BLOCK = { activation: 'leakyRelu', batchNorm: 'afterActivation' } as const;

/** The last layer of the encoder is linear, that of the decoder has no batch normalisation, as in the public code. */
function paperAutoencoder(
  { units, latentSize }: ResolvedPaperOptions,
  inputSize: number,
  random: RandomSource,
): Autoencoder {
  const layers = [
    ...units.map((width) => ({ units: width, ...PAPER_BLOCK })),
    { units: latentSize, activation: 'linear' as const },
  ];
  return disposeOnError((built: Layer[]) => {
    const encoder = mlp({ inputSize, layers, random });
    built.push(encoder);
    const decoder = mlpDecoder({ inputSize, layers, outputActivation: 'leakyRelu', random });
    built.push(decoder);
    return autoencoder({ encoder, decoder });
  });
}

function residualAutoencoder(
  { hidden }: ResolvedDefaultOptions,
  size: number,
  latentSize: number,
  start: NetworkStart | undefined,
  v: number,
  random: RandomSource,
): Autoencoder {
  return disposeOnError((built: Layer[]) => {
    const encoder = residual(size, latentSize, hidden, start?.encoders[v], random);
    built.push(encoder);
    const decoder = residual(latentSize, size, hidden, start?.decoders[v], random);
    built.push(decoder);
    return autoencoder({ encoder, decoder });
  });
}

function residualMapping(
  { hidden }: ResolvedDefaultOptions,
  modalities: number,
  latentSize: number,
  anchor: number,
  start: NetworkStart | undefined,
  random: RandomSource,
): CycleMapping {
  return disposeOnError((built: Layer[]) => {
    const maps = Array.from({ length: modalities - 1 }, (_, m) => {
      const own = random.fork(`map ${m}`);
      const to = residual(latentSize, latentSize, hidden, start?.maps?.[m]?.to, own);
      built.push(to);
      const from = residual(latentSize, latentSize, hidden, start?.maps?.[m]?.from, own);
      built.push(from);
      return { to, from };
    });
    return cycleMapping({ anchorSize: latentSize, anchor, maps });
  });
}

function residual(
  inputSize: number,
  units: number,
  hidden: number,
  start: LinearMap | undefined,
  random: RandomSource,
): Layer {
  return residualDense({
    inputSize,
    units,
    hidden,
    random,
    ...(start === undefined
      ? {}
      : {
          initialiser: () => Float32Array.from(start.weights.values),
          offsets: Float32Array.from(start.offsets),
        }),
  });
}
