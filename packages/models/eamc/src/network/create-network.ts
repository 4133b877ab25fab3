import { adversarialAlignment, type AdversarialAlignment } from '@crossmodal/alignment';
import type { RandomSource } from '@crossmodal/core';
import {
  createEncoders,
  createVariable,
  disposeOnError,
  featureCount,
  mlp,
  type DenseLayerOptions,
} from '@crossmodal/encoders';
import type { NetworkContext } from '@crossmodal/method';
import { joinModules, type Module, type tf } from '@crossmodal/tensors';
import type { AttentionPart, EamcTypes } from '../types.js';
import type { EamcNetwork } from './eamc-network.js';

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
  readonly attention?: AttentionPart['create'] | undefined;
  /** Units of the layers of every discriminator before its logit; none without an adversary. */
  readonly discriminator?: readonly number[] | undefined;
}

/** Creates the network, every weight by He's normal draw. */
export function createNetwork(
  design: NetworkDesign,
  context: Pick<NetworkContext<EamcTypes, unknown>, 'prepared' | 'clusters' | 'parts' | 'random'>,
): EamcNetwork {
  const { prepared, clusters, parts } = context;
  const random = context.random.fork('network');
  return disposeOnError((modules: Module[]) => {
    const keep = <M extends Module | undefined>(module: M): M => {
      if (module !== undefined) modules.push(module);
      return module;
    };
    const latentSize = design.encoder.at(-1)!.units;
    const encoders = createEncoders({
      where: 'eamc',
      shapes: prepared.map((map) => [featureCount(map)]),
      own: parts.encoders,
      latentSize,
      create: ([inputSize = 0]) => mlp({ inputSize, layers: design.encoder, random }),
      random,
    }).map(keep);
    const hidden = keep(mlp({ inputSize: latentSize, layers: design.head, random }));
    const output = { units: clusters, activation: 'linear', batchNorm: design.normaliseLogits } as const;
    const logits = keep(mlp({ inputSize: hidden.outputShape[0]!, layers: [output], random }));
    const latentSizes = encoders.map(() => latentSize);
    const attention = keep(
      parts.fusion === undefined
        ? design.attention?.({ latentSizes, random })
        : parts.fusion.create({ latentSizes, random: random.fork('fusion') }),
    );
    const alignment = keep(alignmentOf(design, latentSizes, random));
    const modalityWeights = uniformWeights(encoders.length);
    keep({
      trainable: [],
      variables: [modalityWeights],
      dispose: () => modalityWeights.dispose(),
    });
    const { unitRows } = design;
    return {
      ...joinModules(modules),
      encoders,
      attention,
      alignment,
      hidden,
      logits,
      unitRows,
      modalityWeights,
    };
  });
}

function alignmentOf(
  { discriminator }: NetworkDesign,
  { length: modalities, 0: latentSize = 0 }: readonly number[],
  random: RandomSource,
): AdversarialAlignment | undefined {
  if (discriminator === undefined || modalities < 2) return undefined;
  const hidden = discriminator.map((units) => ({ units, activation: 'leakyRelu' as const }));
  return adversarialAlignment({ latentSize, modalities, hidden, random });
}

function uniformWeights(modalities: number): tf.Variable<tf.Rank.R1> {
  const values = new Float32Array(modalities).fill(1 / modalities);
  return createVariable(values, [modalities], false) as tf.Variable<tf.Rank.R1>;
}
