import { join } from 'node:path';
import { cellSet } from './cell-set.js';
import type { Dataset } from '../dataset.js';

/**
 * Loads BBCSport: 544 reports on 5 sports as term weights of two parts of each text (3183 and 3203 terms).
 *
 * @param directory - holds `BBCSport_2view.mat`
 * @throws CrossmodalError as {@link readArrays}
 */
export async function loadBbcSport(directory: string): Promise<Dataset> {
  return cellSet('bbcsport', join(directory, 'BBCSport_2view.mat'), ['text1', 'text2']);
}
