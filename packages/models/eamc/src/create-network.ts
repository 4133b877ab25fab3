import { adversarialAlignment, type AdversarialAlignment } from '@crossmodal/alignment';
import type { RandomSource } from '@crossmodal/core';
import {
  createVariable,
  disposeOnError,
  heNormal,
  mlp,
  type DenseLayerOptions,
  type Encoder,
  type Initialiser,
  type Layer,
} from '@crossmodal/encoders';
import { attentionFusion, type AttentionFusion } from '@crossmodal/fusion';
import { joinModules, type Module, type tf } from '@crossmodal/tensors';

/** Sizes and parts of the network. */
export interface NetworkDesign {
  /** Layers of every encoder; the last one is the latent. */
  readonly encoder: readonly DenseLayerOptions[];
  /** Layers of the cluster head before its last; the kernel of the divergences may be that of their output. */
  readonly head: readonly DenseLayerOptions[];
  /** Whether the rows of latents, single and fused, all have one length. */
  readonly unitRows: boolean;
  /** Factor of the start of the attention's last layer; a small one starts with nearly equal weights. */
  readonly attentionStart: number;
  /** Whether batch normalisation stands between the last layer of the head and the softmax. */
  readonly normaliseLogits: boolean;
  /** Calibration factor of the attention; without one, modalities weigh the same. */
  readonly temperature?: number | undefined;
  /** Whether there are discriminators. */
  readonly adversary: boolean;
  /** Units of the layers of every discriminator before its logit. */
  readonly discriminator: readonly number[];
}

/** Encoders, attention, discriminators and cluster head. */
export interface EamcNetwork extends Module {
  readonly encoders: readonly Encoder[];
  readonly attention?: AttentionFusion;
  readonly alignment?: AdversarialAlignment;
  /** From the fused latent to features. */
  readonly hidden: Layer;
  /** From those to logits, one a cluster. */
  readonly logits: Layer;
  /** Whether the rows of latents, single and fused, all have one length. */
  readonly unitRows: boolean;
  /** Weights of the modalities over all training samples, `[V]`, which hold when new samples are assigned. */
  readonly modalityWeights: tf.Variable<tf.Rank.R1>;
}

/** What {@link createNetwork} takes. */
export interface NetworkOptions {
  readonly design: NetworkDesign;
  /** Features of each modality. */
  readonly sizes: readonly number[];
  readonly clusters: number;
  readonly random: RandomSource;
}

/** Makes the network, every weight by He's normal draw. */
export function createNetwork({ design, sizes, clusters, random }: NetworkOptions): EamcNetwork {
  return disposeOnError((modules: Module[]) => {
    const keep = <M extends Module>(module: M): M => {
      modules.push(module);
      return module;
    };
    const encoders = sizes.map((inputSize) => keep(mlp({ inputSize, layers: design.encoder, random })));
    const latentSize = encoders[0]!.outputShape[0]!;
    const hidden = keep(mlp({ inputSize: latentSize, layers: design.head, random }));
    const output: DenseLayerOptions = {
      units: clusters,
      activation: 'linear',
      batchNorm: design.normaliseLogits,
    };
    const logits = keep(mlp({ inputSize: hidden.outputShape[0]!, layers: [output], random }));
    const latentSizes = sizes.map(() => latentSize);
    const { temperature, unitRows } = design;
    const smallLast: Initialiser = (shape, fans, source) => {
      const factor = shape[1] === sizes.length ? design.attentionStart : 1;
      return heNormal(shape, fans, source).map((value) => factor * value);
    };
    const attention =
      temperature === undefined
        ? undefined
        : keep(attentionFusion({ latentSizes, temperature, initialiser: smallLast, random }));
    const alignment =
      design.adversary && sizes.length > 1
        ? keep(
            adversarialAlignment({
              latentSize,
              modalities: sizes.length,
              hidden: design.discriminator.map((units) => ({ units, activation: 'leakyRelu' })),
              random,
            }),
          )
        : undefined;
    const uniform = new Float32Array(sizes.length).fill(1 / sizes.length);
    const modalityWeights = createVariable(uniform, [sizes.length], false) as tf.Variable<tf.Rank.R1>;
    const joined = joinModules(modules);
    return {
      encoders,
      ...(attention === undefined ? {} : { attention }),
      ...(alignment === undefined ? {} : { alignment }),
      hidden,
      logits,
      unitRows,
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
