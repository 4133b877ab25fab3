import { CrossmodalError } from '@crossmodal/core';
import type { KernelFeatures } from './kernels/kernel-features.js';

/** Number of samples of modalities. @throws CrossmodalError `shape` when there is no modality, or rows differ in number. */
export function checkModalities(where: string, modalities: readonly KernelFeatures[]): number {
  const rows = modalities.map(({ features }) => features.rows);
  if (rows.length > 0 && rows.every((count) => count === rows[0])) return rows[0]!;
  throw new CrossmodalError({
    code: 'shape',
    where,
    expected: 'one modality at least, all with as many rows',
    received: rows.length === 0 ? 'none' : `${rows.join(', ')} rows`,
  });
}
