import {
  CrossmodalError,
  images,
  paired,
  type ImageModality,
  type ImageShape,
  type Modality,
} from '@crossmodal/core';
import { arrayToMatrix, labelsFromArray, reorderImages, selectArray, type ArrayValue } from '@crossmodal/io';
import { hog, sobelEdges } from '@crossmodal/transforms';
import type { ImageSetOptions } from '../dataset.js';

/** How a variable of flattened images is stored. */
export interface StoredImages extends ImageShape {
  readonly order: 'row' | 'column';
  /** Value of white, divided out so that pixels lie in `0..1`. */
  readonly white: number;
}

/** Makes an image modality, row-major with pixels in `0..1`, of a stored variable. */
export function storedImages(name: string, value: ArrayValue, layout: StoredImages): ImageModality {
  const ordered = reorderImages(arrayToMatrix(value, { where: name }), layout);
  const values =
    layout.white === 1 ? ordered.values : ordered.values.map((pixel: number) => pixel / layout.white);
  return images(name, { ...ordered, values }, layout);
}

/** Pixels and the companions asked for, as paired data. */
export function withCompanion(pixels: ImageModality, options: ImageSetOptions): ReturnType<typeof paired> {
  const { companion = 'edges' } = options;
  const modalities: Modality[] = [pixels];
  if (companion === 'edges' || companion === 'both') modalities.push(sobelEdges(pixels, 'edges'));
  if (companion === 'hog' || companion === 'both') modalities.push(hog(pixels, 'hog'));
  return paired(modalities);
}

/** Labels of a variable, which must be numbers. */
export function numericLabels(variables: ReadonlyMap<string, ArrayValue>, name: string): Int32Array {
  const labels = labelsFromArray(selectArray(variables, name));
  if (labels instanceof Int32Array) return labels;
  throw new CrossmodalError({
    code: 'format',
    where: `labels '${name}'`,
    expected: 'numbers',
    received: 'text',
  });
}
