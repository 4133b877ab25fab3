import { adversarialAlignment, type AdversarialAlignment } from '@crossmodal/alignment';
import type { RandomSource } from '@crossmodal/core';
import {
  createEncoders,
  createVariable,
  disposeOnError,
  featureCount,
  mlp,
  type DenseLayerOptions,
  type Encoder,
  type Layer,
} from '@crossmodal/encoders';
import type { NetworkContext } from '@crossmodal/method';
import { joinModules, type Module, type tf } from '@crossmodal/tensors';
import type { EamcTypes, FusionPart, ModalityAttention } from '../types.js';

/** Sizes and parts of the network. */
export interface NetworkDesign {
  /** Layers of every encoder; the last one is the latent. */
  readonly encoder: readonly DenseLayerOptions[];
  /** Layers of the cluster head before its last; the kernel of the divergences may be that of their output. */
  readonly head: readonly DenseLayerOptions[];
  /** Whether the rows of latents, single and fused, all have one length. */
  readonly unitRows: boolean;
  /** Whether batch normalisation stands between the last layer of the head and the softmax. */
  readonly normaliseLogits: boolean;
  /** Creates the attention, which has to itself what it draws; without one, modalities weigh the same. */
  readonly attention?: FusionPart['create'] | undefined;
  /** Units of the layers of every discriminator before its logit; none without an adversary. */
  readonly discriminator?: readonly number[] | undefined;
}

/** Encoders, attention, discriminators and cluster head. */
export interface EamcNetwork extends Module {
  readonly encoders: readonly Encoder[];
  readonly attention?: ModalityAttention | undefined;
  readonly alignment?: AdversarialAlignment | undefined;
  /** From the fused latent to features. */
  readonly hidden: Layer;
  /** From those to logits, one per cluster. */
  readonly logits: Layer;
  /** Whether the rows of latents, single and fused, all have one length. */
  readonly unitRows: boolean;
  /** Weights of the modalities over all training samples, `[V]`, which hold when new samples are assigned. */
  readonly modalityWeights: tf.Variable<tf.Rank.R1>;
}

/** Creates the network, every weight by He's normal draw. */
export function createNetwork(
  design: NetworkDesign,
  context: Pick<NetworkContext<EamcTypes, unknown>, 'prepared' | 'clusters' | 'parts' | 'random'>,
): EamcNetwork {
  const random = context.random.fork('network');
  return disposeOnError((modules: Module[]) => {
    const keep = <M extends Module>(module: M): M => {
      modules.push(module);
      return module;
    };
    const sizes = context.prepared.map(featureCount);
    const latentSize = design.encoder.at(-1)!.units;
    const layers = design.encoder;
    const encoders = createEncoders({
      where: 'eamc',
      shapes: sizes.map((size) => [size]),
      own: context.parts.encoders,
      latentSize,
      create: ([inputSize = 0]) => mlp({ inputSize, layers, random }),
      random,
    }).map(keep);
    const hidden = keep(mlp({ inputSize: latentSize, layers: design.head, random }));
    const output: DenseLayerOptions = {
      units: context.clusters,
      activation: 'linear',
      batchNorm: design.normaliseLogits,
    };
    const logits = keep(mlp({ inputSize: hidden.outputShape[0]!, layers: [output], random }));
    const attention = attentionOf(
      design,
      sizes.map(() => latentSize),
      context.parts.fusion,
      random,
    );
    if (attention !== undefined) keep(attention);
    const alignment = alignmentOf(design, latentSize, sizes.length, random);
    if (alignment !== undefined) keep(alignment);
    const uniform = new Float32Array(sizes.length).fill(1 / sizes.length);
    const modalityWeights = createVariable(uniform, [sizes.length], false) as tf.Variable<tf.Rank.R1>;
    const joined = joinModules(modules);
    return {
      encoders,
      attention,
      alignment,
      hidden,
      logits,
      unitRows: design.unitRows,
      modalityWeights,
      trainable: joined.trainable,
      variables: [...joined.variables, modalityWeights],
      dispose() {
        joined.dispose();
        modalityWeights.dispose();
      },
    };
  });
}

function attentionOf(
  { attention }: NetworkDesign,
  latentSizes: readonly number[],
  own: FusionPart | undefined,
  random: RandomSource,
): ModalityAttention | undefined {
  return own === undefined
    ? attention?.({ latentSizes, random })
    : own.create({ latentSizes, random: random.fork('fusion') });
}

function alignmentOf(
  { discriminator }: NetworkDesign,
  latentSize: number,
  modalities: number,
  random: RandomSource,
): AdversarialAlignment | undefined {
  if (discriminator === undefined || modalities < 2) return undefined;
  const hidden = discriminator.map((units) => ({ units, activation: 'leakyRelu' as const }));
  return adversarialAlignment({ latentSize, modalities, hidden, random });
}
