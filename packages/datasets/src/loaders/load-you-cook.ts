import { join } from 'node:path';
import { paired, vectors } from '@crossmodal/core';
import { arrayToMatrix, readArrays, selectArray } from '@crossmodal/io';
import type { Dataset } from '../dataset.js';
import { numericLabels } from './image-files.js';

/**
 * Loads YouCook: 1790 cooking scenes of 6 kinds as `image` and `text`, 300 features each; a weak signal.
 *
 * @param directory - holds `img.mat`, `txt.mat` and `L.mat`
 * @throws CrossmodalError as {@link readArrays}
 */
export async function loadYouCook(directory: string): Promise<Dataset> {
  const image = selectArray(await readArrays(join(directory, 'img.mat')), 'img');
  const text = selectArray(await readArrays(join(directory, 'txt.mat')), 'txt');
  const labels = numericLabels(await readArrays(join(directory, 'L.mat')), 'L');
  const data = paired([vectors('image', arrayToMatrix(image)), vectors('text', arrayToMatrix(text))]);
  return { name: 'youcook', data, labels };
}
