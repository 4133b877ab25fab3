import { images, type ImageModality } from '@crossmodal/core';

/**
 * Edge maps of images, each image on its own: `E = sqrt(Gx^2 + Gy^2) / max(E)`.
 *
 * `Gx` is `[-1, 0, 1]` along the width, then `[1, 2, 1]` along the height; `Gy` the other way round. Beyond the border
 * the nearest pixel is repeated. The maximum is taken over the pixels and channels of that one image, so that no row
 * depends on another; an image without edges stays zero. Channels are filtered separately.
 *
 * @param modality - images `[n, height, width, channels]`
 * @param name - name of the result
 * @defaultValue name: `<modality.name>-edges`
 * @returns images of the same shape, values in `[0, 1]`
 */
export function sobelEdges(modality: ImageModality, name = `${modality.name}-edges`): ImageModality {
  const { features, height, width, channels, present } = modality;
  const size = features.columns;
  const edges = new Float32Array(features.values.length);
  const across = new Float64Array(size);
  const along = new Float64Array(size);
  // In 64 bits until the division: magnitudes of tiny images would lose their digits in 32.
  const magnitudes = new Float64Array(size);
  for (let i = 0; i < features.rows; i++) {
    if (present && present[i] === 0) continue;
    const image = features.values.subarray(i * size, (i + 1) * size);
    horizontalPass(image, height, width, channels, across, along);
    const target = edges.subarray(i * size, (i + 1) * size);
    const strongest = verticalPass(across, along, height, width * channels, magnitudes);
    if (strongest > 0) for (let p = 0; p < size; p++) target[p] = magnitudes[p]! / strongest;
  }
  const shape = { height, width, channels };
  return images(name, { kind: 'dense', rows: features.rows, columns: size, values: edges }, shape, present);
}

/** Difference and smoothing along the width. */
function horizontalPass(
  image: Float32Array,
  height: number,
  width: number,
  channels: number,
  difference: Float64Array,
  smooth: Float64Array,
): void {
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const left = x > 0 ? channels : 0;
      const right = x < width - 1 ? channels : 0;
      for (let c = 0; c < channels; c++) {
        const p = (y * width + x) * channels + c;
        difference[p] = image[p + right]! - image[p - left]!;
        smooth[p] = image[p - left]! + 2 * image[p]! + image[p + right]!;
      }
    }
  }
}

/** Smoothing of the difference, and difference of the smoothed, along the height; gives the largest magnitude. */
function verticalPass(
  difference: Float64Array,
  smooth: Float64Array,
  height: number,
  stride: number,
  target: Float64Array,
): number {
  let strongest = 0;
  for (let y = 0; y < height; y++) {
    const up = y > 0 ? stride : 0;
    const down = y < height - 1 ? stride : 0;
    for (let p = y * stride; p < (y + 1) * stride; p++) {
      const gx = difference[p - up]! + 2 * difference[p]! + difference[p + down]!;
      const gy = smooth[p + down]! - smooth[p - up]!;
      const magnitude = Math.sqrt(gx * gx + gy * gy);
      target[p] = magnitude;
      if (magnitude > strongest) strongest = magnitude;
    }
  }
  return strongest;
}
