import { tf, type Module } from '@crossmodal/tensors';

/** Options of {@link SelfExpressiveLayer}. */
export interface SelfExpressiveLayerOptions {
  /** Samples `n`, which the layer represents by each other. */
  readonly samples: number;
  /** Value of every coefficient at the start. @defaultValue 1e-4 */
  readonly initialValue?: number;
}

/**
 * The self-expressive layer of deep subspace clustering: `Z' = (S - diag(S)) Z`, with `S` trained.
 *
 * Rows are samples, so the layer is bound to one set of `n` samples, all of which it sees at once.
 *
 * @example
 * ```ts
 * import { tf } from '@crossmodal/tensors';
 *
 * const layer = new SelfExpressiveLayer({ samples: 3 });
 * const represented = layer.apply(tf.ones([3, 8])); // [3, 8]
 * layer.dispose();
 * ```
 */
export class SelfExpressiveLayer implements Module {
  /** `S` with its diagonal, shape `[n, n]`. */
  readonly variable: tf.Variable<tf.Rank.R2>;
  readonly #offDiagonal: tf.Tensor2D;

  constructor(options: SelfExpressiveLayerOptions) {
    const { samples, initialValue = 1e-4 } = options;
    this.variable = tf.tidy(() => tf.variable(tf.fill([samples, samples], initialValue) as tf.Tensor2D));
    this.#offDiagonal = tf.tidy(() => tf.keep(tf.sub(1, tf.eye(samples)) as tf.Tensor2D));
  }

  get trainable(): readonly tf.Variable[] {
    return [this.variable];
  }

  get variables(): readonly tf.Variable[] {
    return [this.variable];
  }

  /** `S` without its diagonal, shape `[n, n]`; differentiable. */
  coefficients(): tf.Tensor2D {
    return tf.mul(this.variable, this.#offDiagonal);
  }

  /**
   * Represents each sample by the others, `Z' = (S - diag(S)) Z`.
   *
   * @param z - shape `[n, ...]`; axes after the first are flattened and restored
   * @returns the same shape
   */
  apply<T extends tf.Tensor>(z: T): T {
    return tf.tidy(() => {
      const flat = tf.reshape(z, [z.shape[0]!, -1]) as tf.Tensor2D;
      return tf.reshape(tf.matMul(this.coefficients(), flat), z.shape) as T;
    });
  }

  dispose(): void {
    if (!this.variable.isDisposed) this.variable.dispose();
    if (!this.#offDiagonal.isDisposed) this.#offDiagonal.dispose();
  }
}
