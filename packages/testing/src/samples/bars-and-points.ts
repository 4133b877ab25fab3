import { denseMatrix, images, paired, randomSource, vectors, type Paired } from '@crossmodal/core';

/**
 * Objects of `clusters` kinds, up to 7, in turn: seen as images of 8 by 8 pixels with one bright bar each, `bars`, and as vectors `[n, 6]` around one
 * centre each, `points`. For networks that take both.
 */
export function barsAndPoints(
  n: number,
  clusters: number,
  seed: number,
): { data: Paired; labels: Int32Array } {
  const random = randomSource(seed);
  const labels = Int32Array.from({ length: n }, (_, i) => i % clusters);
  const side = 8;
  const pixels = new Float32Array(n * side * side);
  const features = new Float32Array(n * 6);
  const centres = Array.from({ length: clusters }, () =>
    Array.from({ length: 6 }, () => 3 * random.normal()),
  );
  labels.forEach((label, i) => {
    for (let y = 0; y < side; y++) {
      for (let x = 0; x < side; x++) {
        const lit = label % 2 === 0 ? y === 1 + label : x === 1 + label;
        pixels[(i * side + y) * side + x] = (lit ? 1 : 0) + 0.1 * random.uniform();
      }
    }
    for (let q = 0; q < 6; q++) features[i * 6 + q] = centres[label]![q]! + 0.3 * random.normal();
  });
  return {
    data: paired([
      images('bars', denseMatrix(pixels, n, side * side), { height: side, width: side }),
      vectors('points', denseMatrix(features, n, 6)),
    ]),
    labels,
  };
}
