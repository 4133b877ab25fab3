import { denseMatrix, images, mixed, randomSource, type Mixed } from '@crossmodal/core';
import { separatedMixture } from '@crossmodal/testing';

/** Vectors in two modalities, three clusters of different sizes, far apart and at different distances. */
export function vectorMixture(seed: number): { data: Mixed; truth: Int32Array } {
  return separatedMixture(randomSource(seed), { sizes: [12, 8, 6], columns: [7, 6] });
}

/** Small images of one size in two modalities, one bright bar each, paler and thicker in the second; three clusters of eight. */
export function imageMixture(seed: number): { data: Mixed; truth: Int32Array } {
  const random = randomSource(seed);
  const side = 8;
  const truth = Int32Array.from({ length: 48 }, (_, i) => i % 3);
  const modality = (name: string, pale: boolean) => {
    const pixels = Float32Array.from({ length: 24 * side * side }, (_, p) => {
      const label = Math.floor(p / (side * side)) % 3;
      const [y, x] = [Math.floor((p % (side * side)) / side), p % side];
      const off = label === 0 ? y - 1 : label === 1 ? x - 5 : y - x;
      const lit = off === 0 || (pale && off === 1);
      const value = (lit ? 1 : 0) + 0.1 * random.uniform();
      return pale ? 2 + 0.5 * value : value;
    });
    return images(name, denseMatrix(pixels, 24, side * side), { height: side, width: side });
  };
  return { data: mixed([modality('bright', false), modality('pale', true)]), truth };
}
