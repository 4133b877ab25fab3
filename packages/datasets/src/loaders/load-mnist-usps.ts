import { join } from 'node:path';
import { paired, selectRows } from '@crossmodal/core';
import { readArrays, selectArray } from '@crossmodal/io';
import { hog } from '@crossmodal/transforms';
import type { Dataset } from '../dataset.js';
import { drawnIndices, type DrawOptions } from './idx-digits.js';
import { numericLabels, storedImages } from './image-files.js';

/** Options of {@link loadMnistUsps}. */
export interface MnistUspsOptions extends DrawOptions {
  /** Adds the histograms of both images. @defaultValue false */
  readonly hog?: boolean;
}

/**
 * Loads MNIST + USPS: 5000 digits as two images of 28 x 28, `mnist` and `usps`, paired by class.
 *
 * @param directory - holds `MNIST_USPS.mat`
 * @throws CrossmodalError as {@link readArrays}; `value` when a class has fewer than `perClass` pairs.
 */
export async function loadMnistUsps(directory: string, options: MnistUspsOptions = {}): Promise<Dataset> {
  const variables = await readArrays(join(directory, 'MNIST_USPS.mat'));
  const layout = { height: 28, width: 28, order: 'column', white: 1 } as const;
  const all = numericLabels(variables, 'Y');
  const chosen = drawnIndices('mnist-usps', all, options);
  const mnist = selectRows(storedImages('mnist', selectArray(variables, 'X1'), layout), chosen);
  const usps = selectRows(storedImages('usps', selectArray(variables, 'X2'), layout), chosen);
  const histograms = options.hog === true ? [hog(mnist), hog(usps)] : [];
  return {
    name: 'mnist-usps',
    data: paired([mnist, usps, ...histograms]),
    labels: chosen.map((i) => all[i]!),
  };
}
