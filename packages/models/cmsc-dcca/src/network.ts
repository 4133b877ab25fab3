import { imageFrontEnd, block, convolutionalDecoder, convolutionalEncoder, dense, disposeOnError, mlp, mlpDecoder, sequential, sizeOf, type ConvolutionLayerOptions, type Decoder, type DenseLayerOptions, type Encoder, type Initialiser, type InitialiserName, type Layer } from '@crossmodal/encoders';
import type { NetworkInput } from '@crossmodal/transforms';
import type { Modality, RandomSource } from '@crossmodal/core';
import { affinityFusion, type Fusion } from '@crossmodal/fusion';
import type { ResolvedCmscDccaOptions } from './cmsc-dcca-options.js';

/** One autoencoder a modality, whose encoders end in a dense layer. */
export interface CmscDccaNetwork extends Fusion {
  /** Each encoder up to its dense layer. */
  readonly fronts: readonly Encoder[];
  /** The dense layers that make the latents: kernel and offsets. */
  readonly heads: readonly Layer[];
}

/** What {@link createNetwork} takes. */
export interface NetworkOptions {
  readonly resolved: ResolvedCmscDccaOptions;
  readonly inputs: readonly NetworkInput[];
  /** The training modalities, whose patches start the filters; left out when values are restored afterwards. */
  readonly modalities?: readonly Modality[];
  readonly random: RandomSource;
}

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

/** Encoders and decoders of a preset, for given input shapes. */
export function createNetwork({ resolved, inputs, modalities, random }: NetworkOptions): CmscDccaNetwork {
  const shapes = inputs.map(({ shape }) => shape);
  const blueprint = blueprintOf(resolved, shapes, modalities);
  const fronts: Encoder[] = [];
  const heads: Layer[] = [];
  return disposeOnError((built: Layer[]) => {
    const pairs = shapes.map((shape, v) => {
      const front = frontOf(blueprint, shape, v, random.fork(`encoder ${v}`));
      built.push(front);
      const frontSize = sizeOf(front.outputShape);
      const units = Math.min(resolved.latentUnits, frontSize);
      const head = dense({
        inputSize: frontSize,
        units,
        initialiser: blueprint.start,
        random: random.fork(`head ${v}`),
      });
      built.push(head);
      const decoder = decoderOf(blueprint, shape, frontSize, units, random.fork(`decoder ${v}`));
      built.push(decoder);
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

function blueprintOf(
  resolved: ResolvedCmscDccaOptions,
  shapes: readonly (readonly number[])[],
  modalities: readonly Modality[] | undefined,
): Blueprint {
  if (resolved.preset === 'paper') {
    const start = 'xavierUniform';
    return {
      images: PAPER_LAYERS,
      vectors: [{ units: 200 }, { units: 100 }],
      encoderStart: () => start,
      start,
    };
  }
  const { filters, kernelSize, cells, units } = resolved;
  const frontEnd = imageFrontEnd({ shapes, modalities, filters, kernelSize, cells });
  return {
    images: [frontEnd.layer],
    vectors: [{ units }],
    encoderStart: (v) => frontEnd.initialiser(v),
    start: 'heNormal',
  };
}

function frontOf(
  { images, vectors, encoderStart }: Blueprint,
  shape: readonly number[],
  v: number,
  random: RandomSource,
): Encoder {
  const common = { initialiser: encoderStart(v), random };
  return shape.length === 3
    ? convolutionalEncoder({ inputShape: shape, layers: images, ...common })
    : mlp({ inputSize: shape[0]!, layers: vectors, ...common });
}

/** The mirror: a dense layer back to the size of the front, then the front's layers in reverse. */
function decoderOf(
  { images, vectors, start: initialiser }: Blueprint,
  shape: readonly number[],
  frontSize: number,
  latentSize: number,
  random: RandomSource,
): Decoder {
  if (shape.length === 1) {
    const layers = [...vectors, { units: latentSize }];
    return mlpDecoder({ inputSize: shape[0]!, layers, initialiser, random });
  }
  return disposeOnError((built: Layer[]) => {
    const back = dense({ inputSize: latentSize, units: frontSize, initialiser, random });
    built.push(...block(back, { activation: 'relu' }));
    built.push(convolutionalDecoder({ inputShape: shape, layers: images, initialiser, random }));
    return sequential([latentSize], built);
  });
}
