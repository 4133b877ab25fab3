import { denseMatrix, type DenseMatrix } from '@crossmodal/core';
import { completeModalities, type KernelFeatures } from '@crossmodal/self-expressive';
import type { LatentRows } from './seen-latents.js';

/** Matrices `[n, q_l]` side by side, `[n, sum of q_l]`. */
export function joinColumns(parts: readonly DenseMatrix[]): DenseMatrix<Float32Array> {
  const n = parts[0]!.rows;
  const width = parts.reduce((sum, { columns }) => sum + columns, 0);
  const values = new Float32Array(n * width);
  let start = 0;
  for (const { columns, values: own } of parts) {
    for (let i = 0; i < n; i++) values.set(own.subarray(i * columns, (i + 1) * columns), i * width + start);
    start += columns;
  }
  return denseMatrix(values, n, width);
}

/** Latents side by side, absent rows filled by similar ones: rows of zeros would be near each other. */
export function joinedLatents(latents: readonly LatentRows[]): DenseMatrix<Float32Array> {
  const rows = latents.map(({ features, present }): KernelFeatures =>
    present === undefined ? { features } : { features, present },
  );
  return joinColumns(completeModalities(rows).map(({ features }) => features));
}
