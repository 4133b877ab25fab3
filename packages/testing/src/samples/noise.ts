import {
  denseMatrix,
  images,
  randomSource,
  vectors,
  type ImageModality,
  type VectorModality,
} from '@crossmodal/core';

/** Images of noise; every third row is absent when there are gaps. */
export function noisyImages(n: number, side: number, seed: number, gaps = false): ImageModality {
  const random = randomSource(seed);
  const pixels = Float32Array.from({ length: n * side * side }, () => random.uniform());
  const shape = { height: side, width: side };
  return images('pictures', denseMatrix(pixels, n, side * side), shape, gaps ? flags(n) : undefined);
}

/** Vectors of noise; every third row is absent when there are gaps. */
export function noisyVectors(n: number, d: number, seed: number, gaps = false): VectorModality {
  const random = randomSource(seed);
  const values = Float32Array.from({ length: n * d }, () => 3 * random.normal() + 1);
  return vectors('points', denseMatrix(values, n, d), gaps ? flags(n) : undefined);
}

function flags(n: number): Uint8Array {
  return Uint8Array.from({ length: n }, (_, i) => (i % 3 === 1 ? 0 : 1));
}
