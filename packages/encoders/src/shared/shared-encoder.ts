import { CrossmodalError, type RandomSource } from '@crossmodal/core';
import { tf, type ApplyContext, type Module } from '@crossmodal/tensors';
import type { Initialiser } from '../initialisers/initialiser.js';
import type { InitialiserName } from '../initialisers/named-initialiser.js';
import { block, needsBias } from '../layers/block.js';
import { dense } from '../layers/dense.js';
import { disposeOnError } from '../layers/dispose-on-error.js';
import type { Layer } from '../layers/layer.js';
import { sequential } from '../layers/sequential.js';
import { checkBatch, checkSize } from '../layers/shapes.js';
import type { DenseLayerOptions } from '../mlp/mlp.js';

/** What {@link sharedEncoder} takes. */
export interface SharedEncoderOptions {
  /** Features of each modality; the widest decides the common width, up to which others are padded with zeros. */
  readonly inputSizes: readonly number[];
  /** From the common width on, one at least. */
  readonly layers: readonly DenseLayerOptions[];
  /**
   * Whether batch normalisation is shared too, so that inference sees one mixture of all modalities' statistics, or each modality has its
   * own. Weights and biases are shared in any case.
   *
   * @defaultValue 'own'
   */
  readonly normalisation?: 'own' | 'shared';
  /** Start of the weights. @defaultValue heNormal */
  readonly initialiser?: Initialiser | InitialiserName;
  /** Drawn from in layer order. */
  readonly random: RandomSource;
}

/** One encoder that all modalities go through. */
export interface SharedEncoder extends Module {
  /** Features of each modality, before padding. */
  readonly inputSizes: readonly number[];
  /** Features of every latent. */
  readonly outputSize: number;
  /**
   * The latent `[n, outputSize]` of modality `v`, whose batch is `[n, inputSizes[v]]`.
   *
   * @throws CrossmodalError `shape` when the batch has other features; `option` when there is no such modality.
   */
  apply(x: tf.Tensor, v: number, context: ApplyContext): tf.Tensor2D;
}

/**
 * A multi-layer perceptron with one set of weights for all modalities, each padded with zeros to the widest: layers are
 * `activation(x W + b)`, with batch normalisation where asked.
 *
 * All modalities obey one coding rule, which aligns their latents. Reduce wide ones by PCA first where columns should mean something alike.
 *
 * @throws CrossmodalError `option` when a size is not a positive integer, there is no modality or no layer, or an activation is unknown.
 * @see Mao et al., Deep Mutual Information Maximin for Cross-Modal Clustering, AAAI 2021, the multi-modal shared encoder
 * @example
 * ```ts
 * import { randomSource } from '@crossmodal/core';
 * const encoder = sharedEncoder({
 *   inputSizes: [100, 40],
 *   layers: [{ units: 100, batchNorm: true }, { units: 100, batchNorm: true }],
 *   random: randomSource(0),
 * });
 * encoder.outputSize; // 100
 * encoder.dispose();
 * ```
 */
export function sharedEncoder(options: SharedEncoderOptions): SharedEncoder {
  const { inputSizes, layers, normalisation = 'own', initialiser = 'heNormal', random } = options;
  if (inputSizes.length === 0) refuse('inputSizes', 'one modality at least', 'none');
  inputSizes.forEach((size) => checkSize('sharedEncoder', 'inputSizes', size));
  if (layers.length === 0) refuse('layers', 'one layer at least', 'none');
  const width = Math.max(...inputSizes);
  const chains = disposeOnError((made: Layer[]) => {
    const chainCount = normalisation === 'own' ? inputSizes.length : 1;
    const lists = Array.from({ length: chainCount }, (): Layer[] => []);
    let inputSize = width;
    for (const layer of layers) {
      const bias = needsBias(layer);
      const linear = dense({ inputSize, units: layer.units, bias, initialiser, random });
      made.push(linear);
      for (const list of lists) {
        const follow = block(linear, layer);
        list.push(...follow);
        made.push(...follow);
      }
      inputSize = layer.units;
    }
    return lists.map((list) => sequential([width], list));
  });
  const trainable = distinct(chains.flatMap((chain) => chain.trainable));
  return {
    inputSizes,
    outputSize: layers.at(-1)!.units,
    trainable,
    variables: distinct([...trainable, ...chains.flatMap((chain) => chain.variables)]),
    apply(x, v, context) {
      const size = inputSizes[v];
      if (size === undefined) return refuse('v', `a modality in 0..${inputSizes.length - 1}`, String(v));
      checkBatch('sharedEncoder', x, [size]);
      const chain = chains[normalisation === 'own' ? v : 0]!;
      return tf.tidy(() => {
        const padded = size === width ? x : tf.concat([x, tf.zeros([x.shape[0]!, width - size])], 1);
        return chain.apply(padded, context) as tf.Tensor2D;
      });
    },
    dispose() {
      for (const chain of chains) chain.dispose();
    },
  };
}

function distinct(variables: readonly tf.Variable[]): tf.Variable[] {
  return [...new Set(variables)];
}

function refuse(option: string, expected: string, received: string): never {
  throw new CrossmodalError({
    code: 'option',
    where: `sharedEncoder option '${option}'`,
    expected,
    received,
  });
}
