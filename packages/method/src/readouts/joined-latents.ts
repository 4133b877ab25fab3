import { joinColumns, type DenseMatrix } from '@crossmodal/core';
import { completeModalities, type KernelFeatures } from '@crossmodal/self-expressive';
import type { LatentRows } from './seen-latents.js';

/** Latents side by side, absent rows filled by similar ones: rows of zeros would be near each other. */
export function joinedLatents(latents: readonly LatentRows[]): DenseMatrix<Float32Array> {
  const rows = latents.map(({ features, present }): KernelFeatures =>
    present === undefined ? { features } : { features, present },
  );
  return joinColumns(completeModalities(rows).map(({ features }) => features));
}
