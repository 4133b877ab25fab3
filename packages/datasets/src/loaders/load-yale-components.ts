import { join } from 'node:path';
import { paired } from '@crossmodal/core';
import { readArrays, selectArray } from '@crossmodal/io';
import { cropImages, hog } from '@crossmodal/transforms';
import type { Dataset } from '../dataset.js';
import { numericLabels, storedImages } from './image-files.js';

/** Rectangles of the facial components in a face of 32 x 32 pixels. */
const COMPONENTS = [
  { name: 'left-eye', top: 4, left: 1, height: 12, width: 15 },
  { name: 'right-eye', top: 4, left: 16, height: 12, width: 15 },
  { name: 'nose', top: 10, left: 9, height: 13, width: 14 },
  { name: 'mouth', top: 21, left: 6, height: 10, width: 20 },
] as const;

/**
 * Loads Extended Yale B as facial components: 2414 faces of 38 people under many lights, in five modalities, both
 * eyes, nose, mouth and the whole `face`; with `hog` a sixth, the histogram of the face.
 *
 * @param directory - holds `YaleB_32x32.mat`
 * @throws CrossmodalError as {@link readArrays}
 */
export async function loadYaleComponents(
  directory: string,
  options: {
    /** Adds `hog` of the whole face. @defaultValue false */
    readonly hog?: boolean;
  } = {},
): Promise<Dataset> {
  const variables = await readArrays(join(directory, 'YaleB_32x32.mat'));
  const layout = { height: 32, width: 32, order: 'column', white: 255 } as const;
  const face = storedImages('face', selectArray(variables, 'fea'), layout);
  const components = COMPONENTS.map((component) => cropImages(face, component));
  const data = paired([...components, face, ...(options.hog === true ? [hog(face, 'hog')] : [])]);
  return { name: 'yaleb', data, labels: numericLabels(variables, 'gnd') };
}
