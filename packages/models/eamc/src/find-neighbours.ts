import { denseMatrix } from '@crossmodal/core';
import { unitRows } from '@crossmodal/data';
import { nearestNeighbours, type NearestNeighbours } from '@crossmodal/self-expressive';
import type { SampleArray } from '@crossmodal/training';

/** Neighbours by the sum of the cosines in all modalities. */
export async function findNeighbours(
  data: Readonly<Record<string, SampleArray>>,
  neighbours: number,
  signal?: AbortSignal,
): Promise<NearestNeighbours> {
  const parts = Object.values(data).map(({ shape, values }) =>
    unitRows(denseMatrix(values, shape[0]!, shape[1]!)),
  );
  const n = parts[0]!.rows;
  const width = parts.reduce((sum, { columns }) => sum + columns, 0);
  const joined = new Float32Array(n * width);
  let offset = 0;
  for (const { columns, values } of parts) {
    for (let i = 0; i < n; i++)
      joined.set(values.subarray(i * columns, (i + 1) * columns), i * width + offset);
    offset += columns;
  }
  return nearestNeighbours(denseMatrix(joined, n, width), { neighbours, signal });
}
