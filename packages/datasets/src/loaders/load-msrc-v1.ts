import { join } from 'node:path';
import { cellSet } from './cell-set.js';
import type { Dataset } from '../dataset.js';

/**
 * Loads MSRC-v1: 210 photographs of 7 kinds of object in five descriptors (24, 576, 512, 256 and 254 features).
 *
 * @param directory - holds `MSRC_v1.mat`
 * @throws CrossmodalError as {@link readArrays}
 */
export async function loadMsrcV1(directory: string): Promise<Dataset> {
  const names = ['features24', 'features576', 'features512', 'features256', 'features254'];
  return cellSet('msrcv1', join(directory, 'MSRC_v1.mat'), names);
}
