import { join } from 'node:path';
import type { Dataset } from '../dataset.js';
import { idxDigits, type DigitSetOptions } from './idx-digits.js';

/** Options of {@link loadMnist}. */
export interface MnistOptions extends DigitSetOptions {
  /** Which images: 10,000 for testing, 60,000 for training, or all 70,000, training first. @defaultValue 'test' */
  readonly split?: 'test' | 'train' | 'all';
}

/**
 * Loads MNIST: handwritten digits, 28 x 28, as `pixels` and their `edges`.
 *
 * @param directory - holds `t10k-images-idx3-ubyte.gz`, `t10k-labels-idx1-ubyte.gz`,
 * `train-images-rebuilt-idx3-ubyte.gz` and `train-labels-idx1-ubyte.gz`
 * @throws CrossmodalError as {@link readArrays}; `value` when a class has fewer than `perClass` images.
 */
export async function loadMnist(directory: string, options: MnistOptions = {}): Promise<Dataset> {
  const { split = 'test' } = options;
  const train = {
    images: join(directory, 'train-images-rebuilt-idx3-ubyte.gz'),
    labels: join(directory, 'train-labels-idx1-ubyte.gz'),
  };
  const test = {
    images: join(directory, 't10k-images-idx3-ubyte.gz'),
    labels: join(directory, 't10k-labels-idx1-ubyte.gz'),
  };
  const files = [...(split === 'test' ? [] : [train]), ...(split === 'train' ? [] : [test])];
  return idxDigits(`mnist-${split}`, files, options);
}
