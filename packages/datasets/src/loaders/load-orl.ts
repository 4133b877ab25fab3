import { join } from 'node:path';
import { readArrays, selectArray } from '@crossmodal/io';
import type { Dataset, ImageSetOptions } from '../dataset.js';
import { numericLabels, storedImages, withCompanion } from './image-files.js';

/**
 * Loads ORL: 400 faces of 40 people, 32 x 32, as `pixels` and their `edges`.
 *
 * @param directory - holds `ORL_32x32.mat`
 * @throws CrossmodalError as {@link readArrays}
 */
export async function loadOrl(directory: string, options: ImageSetOptions = {}): Promise<Dataset> {
  const variables = await readArrays(join(directory, 'ORL_32x32.mat'));
  const layout = { height: 32, width: 32, order: 'column', white: 255 } as const;
  const pixels = storedImages('pixels', selectArray(variables, 'fea'), layout);
  return { name: 'orl', data: withCompanion(pixels, options), labels: numericLabels(variables, 'gnd') };
}
