import { denseMatrix, images, paired, randomSource, type Paired } from '@crossmodal/core';
import { separatedClusters } from '@crossmodal/testing';

/** Objects of `clusters` kinds: small images with a bright bar each, and two modalities of vectors. */
export function planted(size: number, clusters: number, seed: number): { data: Paired; labels: Int32Array } {
  const random = randomSource(seed);
  const { data, truth } = separatedClusters(random, { clusters, size, columns: [9, 6] });
  const side = 8;
  const pixels = Float32Array.from({ length: truth.length * side * side }, (_, p) => {
    const label = truth[Math.floor(p / (side * side))]!;
    const x = p % side;
    const y = Math.floor(p / side) % side;
    const lit = label % 2 === 0 ? y === 1 + label : x === 1 + label;
    return (lit ? 1 : 0) + 0.1 * random.uniform();
  });
  const bars = images('bars', denseMatrix(pixels, truth.length, side * side), { height: side, width: side });
  return { data: paired([bars, ...data.modalities]), labels: truth };
}
