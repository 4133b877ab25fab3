import type { RandomSource } from '@crossmodal/core';
import type { Initialiser } from '../initialisers/initialiser.js';
import type { InitialiserName } from '../initialisers/named-initialiser.js';
import { block, needsBias, type BlockOptions } from '../layers/block.js';
import { disposeOnError } from '../layers/dispose-on-error.js';
import { dense } from '../layers/dense.js';
import type { Encoder, Layer } from '../layers/layer.js';
import { sequential } from '../layers/sequential.js';
import { checkSize } from '../layers/shapes.js';

/** One fully connected layer of a network. */
export interface DenseLayerOptions extends BlockOptions {
  /** Features out. */
  readonly units: number;
}

/** What {@link mlp} takes. */
export interface MlpOptions {
  /** Features in, `d`. */
  readonly inputSize: number;
  /** From the input on; none makes the identity. */
  readonly layers: readonly DenseLayerOptions[];
  /** Start of the weights. @defaultValue heNormal */
  readonly initialiser?: Initialiser | InitialiserName;
  /** Drawn from in layer order, so two networks made from one source differ. */
  readonly random: RandomSource;
}

/**
 * A multi-layer perceptron: each layer is `activation(x W + b)`, with batch normalisation where asked, `[n, d]` to `[n, units of the last]`.
 *
 * @throws CrossmodalError `option` when a size is not a positive integer or an activation is unknown.
 * @example
 * ```ts
 * import { randomSource } from '@crossmodal/core';
 * const encoder = mlp({
 *   inputSize: 324,
 *   layers: [{ units: 200 }, { units: 50, activation: 'linear' }],
 *   random: randomSource(0),
 * });
 * encoder.outputShape; // [50]
 * encoder.dispose();
 * ```
 */
export function mlp({ inputSize, layers, initialiser = 'heNormal', random }: MlpOptions): Encoder {
  checkSize('mlp', 'inputSize', inputSize);
  return disposeOnError((chain: Layer[]) => {
    let size = inputSize;
    for (const layer of layers) {
      const linear = dense({
        inputSize: size,
        units: layer.units,
        bias: needsBias(layer),
        initialiser,
        random,
      });
      chain.push(...block(linear, layer));
      size = layer.units;
    }
    return sequential([inputSize], chain);
  });
}
