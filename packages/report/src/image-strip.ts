import { CrossmodalError, type ImageModality } from '@crossmodal/core';
import type { Picture } from './png.js';

/** Transparent pixels between two images of a strip. */
export const STRIP_GAP = 2;

/**
 * Places images of a modality side by side in one picture, {@link STRIP_GAP} transparent pixels apart; one channel is drawn as grey,
 * three as red, green, blue, and of any other number the first as grey.
 *
 * @param objects - rows of the modality, in the order to draw them, one at least
 * @param range - the values drawn as black and as white; see {@link valueRange}
 * @throws CrossmodalError `value` when there are no objects, or one is not a row of the modality.
 */
export function imageStrip(
  modality: ImageModality,
  objects: ArrayLike<number>,
  range: readonly [number, number],
): Picture {
  const { height, width, channels, features } = modality;
  const [low, high] = range;
  const scale = high > low ? 255 / (high - low) : 0;
  const stripWidth = objects.length * (width + STRIP_GAP) - STRIP_GAP;
  if (objects.length === 0) refuse('one object at least', 'none');
  const rgba = new Uint8Array(stripWidth * height * 4);
  for (let position = 0; position < objects.length; position++) {
    const object = objects[position]!;
    if (!(object >= 0 && object < features.rows))
      refuse(`objects in 0..${features.rows - 1}`, String(object));
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        const from = object * features.columns + (y * width + x) * channels;
        const to = (y * stripWidth + position * (width + STRIP_GAP) + x) * 4;
        for (let c = 0; c < 3; c++) {
          const value = features.values[from + (channels === 3 ? c : 0)]!;
          rgba[to + c] = Math.max(0, Math.min(255, Math.round((value - low) * scale)));
        }
        rgba[to + 3] = 255;
      }
    }
  }
  return { width: stripWidth, height, rgba };
}

/** The smallest and the largest value of a modality, so that all its images are drawn on one scale. */
export function valueRange(modality: ImageModality): readonly [number, number] {
  let low = Infinity;
  let high = -Infinity;
  for (const value of modality.features.values) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return [low, high];
}

function refuse(expected: string, received: string): never {
  throw new CrossmodalError({ code: 'value', where: 'imageStrip', expected, received });
}
