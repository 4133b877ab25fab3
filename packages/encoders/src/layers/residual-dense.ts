import type { RandomSource } from '@crossmodal/core';
import { tf } from '@crossmodal/tensors';
import { heNormal } from '../initialisers/he-normal.js';
import type { Initialiser } from '../initialisers/initialiser.js';
import { namedInitialiser, type InitialiserName } from '../initialisers/named-initialiser.js';
import { activate, type ActivationName } from './activation.js';
import { createVariable, disposeVariables } from './create-variable.js';
import type { Layer } from './layer.js';
import { checkBatch, checkSize } from './shapes.js';

/** What {@link residualDense} takes. */
export interface ResidualDenseOptions {
  /** Features in, `d`. */
  readonly inputSize: number;
  /** Features out, `units`. */
  readonly units: number;
  /** Units of the nonlinear part. @defaultValue 128 */
  readonly hidden?: number;
  /** Activation of the nonlinear part. @defaultValue 'leakyRelu' */
  readonly activation?: ActivationName;
  /** Start of the linear part. @defaultValue heNormal */
  readonly initialiser?: Initialiser | InitialiserName;
  /** Start of the offsets, length `units`. @defaultValue zeros */
  readonly offsets?: Float32Array;
  /** Decides the start values; a draw advances it. */
  readonly random: RandomSource;
}

/**
 * A linear map and a nonlinear correction of it that starts at zero: `y = x W + b + activation(x A + a) B`, `B = 0`, `[n, d]` to `[n, units]`.
 *
 * So a map that is known in closed form can be the start of training, which then bends it as little as the losses ask for.
 *
 * @throws CrossmodalError `option` when a size is not a positive integer or the activation is unknown.
 */
export function residualDense(options: ResidualDenseOptions): Layer {
  const { inputSize, units, hidden = 128, initialiser = heNormal, random } = options;
  const { activation = 'leakyRelu', offsets = new Float32Array(units) } = options;
  checkSize('residualDense', 'inputSize', inputSize);
  checkSize('residualDense', 'units', units);
  checkSize('residualDense', 'hidden', hidden);
  const fans = { fanIn: inputSize, fanOut: units };
  const start = namedInitialiser(initialiser)([inputSize, units], fans, random);
  const inner = heNormal([inputSize, hidden], { fanIn: inputSize, fanOut: hidden }, random);
  const w = createVariable(start, [inputSize, units]);
  const b = createVariable(offsets, [units]);
  const a = createVariable(inner, [inputSize, hidden]);
  const c = createVariable(new Float32Array(hidden), [hidden]);
  const back = createVariable(new Float32Array(hidden * units), [hidden, units]);
  const trainable = [w, b, a, c, back];
  return {
    inputShape: [inputSize],
    outputShape: [units],
    trainable,
    variables: trainable,
    apply(x) {
      checkBatch('residualDense', x, [inputSize]);
      return tf.tidy(() => {
        const linear = tf.add(tf.matMul(x, w), b);
        const bent = activate(tf.add(tf.matMul(x, a), c), activation);
        return tf.add(linear, tf.matMul(bent, back));
      });
    },
    dispose: () => disposeVariables(trainable),
  };
}
