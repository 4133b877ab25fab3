import { join } from 'node:path';
import type { Dataset } from '../dataset.js';
import { idxDigits, type DigitSetOptions } from './idx-digits.js';

/**
 * Loads the 10,000 test images of Fashion-MNIST: clothes of 10 kinds, 28 x 28, as `pixels` and their `edges`.
 *
 * @param directory - holds `t10k-images-idx3-ubyte.gz` and `t10k-labels-idx1-ubyte.gz`
 * @throws CrossmodalError as {@link readArrays}; `value` when a class has fewer than `perClass` images.
 */
export async function loadFashionMnist(directory: string, options: DigitSetOptions = {}): Promise<Dataset> {
  const files = {
    images: join(directory, 't10k-images-idx3-ubyte.gz'),
    labels: join(directory, 't10k-labels-idx1-ubyte.gz'),
  };
  return idxDigits('fashion-mnist', [files], options);
}
