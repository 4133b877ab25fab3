import { CrossmodalError, images, type ImageModality } from '@crossmodal/core';

/** A rectangle of pixels, counted from 0 at the top left. */
export interface CropOptions {
  /** First row. */
  readonly top: number;
  /** First column. */
  readonly left: number;
  /** Rows kept. */
  readonly height: number;
  /** Columns kept. */
  readonly width: number;
  /** Name of the result. @defaultValue `<modality.name>-crop` */
  readonly name?: string;
}

/**
 * Cuts the same rectangle out of every image: `[n, H, W, channels] -> [n, height, width, channels]`.
 *
 * @throws CrossmodalError `option` when the rectangle does not lie inside the images.
 */
export function cropImages(modality: ImageModality, options: CropOptions): ImageModality {
  const { top, left, height, width, name = `${modality.name}-crop` } = options;
  const { features, channels, present } = modality;
  const whole = [top, left, height, width].every(Number.isInteger);
  const inside =
    top >= 0 &&
    left >= 0 &&
    height > 0 &&
    width > 0 &&
    top + height <= modality.height &&
    left + width <= modality.width;
  if (!whole || !inside) {
    throw new CrossmodalError({
      code: 'option',
      where: 'cropImages',
      expected: `a rectangle inside ${modality.height} x ${modality.width} pixels`,
      received: `rows ${top}..${top + height - 1}, columns ${left}..${left + width - 1}`,
    });
  }
  const columns = height * width * channels;
  const values = new Float32Array(features.rows * columns);
  const run = width * channels;
  for (let i = 0; i < features.rows; i++) {
    for (let y = 0; y < height; y++) {
      const start = i * features.columns + ((top + y) * modality.width + left) * channels;
      values.set(features.values.subarray(start, start + run), i * columns + y * run);
    }
  }
  const shape = { height, width, channels };
  return images(name, { kind: 'dense', rows: features.rows, columns, values }, shape, present);
}
