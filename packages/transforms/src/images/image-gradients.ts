import type { ImageModality } from '@crossmodal/core';

/** Central differences of one image at a time, in buffers that are reused. */
export interface ImageGradients {
  /** Differences along the width, length `height * width`. */
  readonly x: Float64Array;
  /** Differences along the height, length `height * width`. */
  readonly y: Float64Array;
  /** Fills both from row i of the modality. */
  read(i: number): void;
}

/**
 * Central differences `I[x+1] - I[x-1]`, 0 on the border; of several channels, the one with the longest gradient at
 * that pixel.
 */
export function imageGradients(modality: ImageModality): ImageGradients {
  const { features, height, width, channels } = modality;
  const size = features.columns;
  const stride = width * channels;
  const gx = new Float64Array(height * width);
  const gy = new Float64Array(height * width);
  const read = (i: number) => {
    const image = features.values.subarray(i * size, (i + 1) * size);
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        const pixel = y * width + x;
        let longest = -1;
        for (let p = pixel * channels; p < (pixel + 1) * channels; p++) {
          const dx = x > 0 && x < width - 1 ? image[p + channels]! - image[p - channels]! : 0;
          const dy = y > 0 && y < height - 1 ? image[p + stride]! - image[p - stride]! : 0;
          const length = dx * dx + dy * dy;
          if (length <= longest) continue;
          longest = length;
          gx[pixel] = dx;
          gy[pixel] = dy;
        }
      }
    }
  };
  return { x: gx, y: gy, read };
}
