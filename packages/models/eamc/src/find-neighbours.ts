import { denseMatrix, type SampleArray } from '@crossmodal/core';
import { unitRows } from '@crossmodal/transforms';
import { jointNeighbours, type NearestNeighbours } from '@crossmodal/self-expressive';

/**
 * Neighbours by the sum of the cosines in all modalities.
 *
 * @param data - features `x0`, `x1`, ..., zeros where absent, and presence flags `m0`, ... of modalities that some samples lack
 */
export function findNeighbours(
  data: Readonly<Record<string, SampleArray>>,
  neighbours: number,
  signal?: AbortSignal,
): Promise<NearestNeighbours> {
  const features = Object.entries(data).filter(([name]) => name.startsWith('x'));
  const modalities = features.map(([, { shape, values }], v) => {
    const flags = data[`m${v}`]?.values;
    return {
      features: unitRows(denseMatrix(values, shape[0]!, shape[1]!)),
      present: flags && Uint8Array.from(flags),
    };
  });
  return jointNeighbours(modalities, { neighbours, signal });
}
