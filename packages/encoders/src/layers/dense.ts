import type { RandomSource } from '@crossmodal/core';
import { tf } from '@crossmodal/tensors';
import type { Initialiser } from '../initialisers/initialiser.js';
import { heNormal } from '../initialisers/he-normal.js';
import { namedInitialiser, type InitialiserName } from '../initialisers/named-initialiser.js';
import { createVariable, disposeVariables } from './create-variable.js';
import type { Layer } from './layer.js';
import { checkBatch, checkSize } from './shapes.js';

/** What {@link dense} takes. */
export interface DenseOptions {
  /** Features in, `d`. */
  readonly inputSize: number;
  /** Features out, `units`. */
  readonly units: number;
  /** Whether a bias is added. @defaultValue true */
  readonly bias?: boolean;
  /** Start of the weights; biases start at 0. @defaultValue heNormal */
  readonly initialiser?: Initialiser | InitialiserName;
  /** Decides the start values; a draw advances it. */
  readonly random: RandomSource;
}

/**
 * A fully connected layer without activation: `y = x W + b`, `[n, d]` to `[n, units]`.
 *
 * @throws CrossmodalError `option` when a size is not a positive integer.
 */
export function dense({
  inputSize,
  units,
  bias = true,
  initialiser = heNormal,
  random,
}: DenseOptions): Layer {
  checkSize('dense', 'inputSize', inputSize);
  checkSize('dense', 'units', units);
  const shape = [inputSize, units];
  const start = namedInitialiser(initialiser)(shape, { fanIn: inputSize, fanOut: units }, random);
  const weights = createVariable(start, shape);
  const offsets = bias ? createVariable(new Float32Array(units), [units]) : undefined;
  const trainable = offsets ? [weights, offsets] : [weights];
  return {
    inputShape: [inputSize],
    outputShape: [units],
    trainable,
    variables: trainable,
    apply(x) {
      checkBatch('dense', x, [inputSize]);
      return tf.tidy(() => {
        const product = tf.matMul(x, weights);
        return offsets ? tf.add(product, offsets) : product;
      });
    },
    dispose: () => disposeVariables(trainable),
  };
}
