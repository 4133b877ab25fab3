import { join } from 'node:path';
import { readArrays, selectArray } from '@crossmodal/io';
import type { Dataset, ImageSetOptions } from '../dataset.js';
import { numericLabels, storedImages, withCompanion } from './image-files.js';

/**
 * Loads COIL-20: 1440 images of 20 turning objects, 32 x 32, as `pixels` and their `edges`.
 *
 * @param directory - holds `COIL20_32x32.mat`
 * @throws CrossmodalError as {@link readArrays}
 */
export async function loadCoil20(directory: string, options: ImageSetOptions = {}): Promise<Dataset> {
  const variables = await readArrays(join(directory, 'COIL20_32x32.mat'));
  const layout = { height: 32, width: 32, order: 'column', white: 1 } as const;
  const pixels = storedImages('pixels', selectArray(variables, 'fea'), layout);
  return { name: 'coil20', data: withCompanion(pixels, options), labels: numericLabels(variables, 'gnd') };
}
