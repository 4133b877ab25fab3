import { denseMatrix, paired, randomSource, vectors, type Paired } from '@crossmodal/core';
import { barsAndPoints } from '@crossmodal/testing';

/** The same data with a third modality that says nothing. */
export function withNoise(data: Paired, seed: number): Paired {
  const random = randomSource(seed);
  const values = Float32Array.from({ length: data.n * 7 }, () => random.normal());
  return paired([...data.modalities, vectors('noise', denseMatrix(values, data.n, 7))]);
}

/** Objects of `clusters` kinds as vectors in two modalities: no filters to learn, so fits are fast. */
export function plantedVectors(
  n: number,
  clusters: number,
  seed: number,
): { data: Paired; labels: Int32Array } {
  const { data, labels } = barsAndPoints(n, clusters, seed);
  const [bars, points] = data.modalities;
  return { data: paired([vectors('bars', bars!.features), points!]), labels };
}
