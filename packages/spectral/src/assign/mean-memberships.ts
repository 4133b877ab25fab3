import { meanOverModalities, type DenseMatrix, type WeightedRows } from '@crossmodal/core';

/**
 * Mean memberships over the modalities in which an object is, by their weights; even ones, `1 / k`, for an object in none.
 *
 * @param modalities - memberships `[n, k]` in each modality, its weight, and which rows are present
 * @returns shape `[n, k]`
 * @throws CrossmodalError `shape` when modalities have different shapes, or there is none.
 * @example
 * ```ts
 * const first = { rows: fromRows([[1, 0], [0, 1]]), weight: 0.5, present: Uint8Array.of(1, 0) };
 * const second = { rows: fromRows([[0, 1], [0, 1]]), weight: 0.5, present: Uint8Array.of(1, 0) };
 * console.log(meanMemberships([first, second]).values); // 0.5, 0.5, 0.5, 0.5
 * ```
 */
export function meanMemberships(modalities: readonly WeightedRows[]): DenseMatrix<Float32Array> {
  const mean = meanOverModalities(modalities);
  const { rows, columns: k, values } = mean;
  for (let i = 0; i < rows; i++) {
    const row = values.subarray(i * k, (i + 1) * k);
    if (row.every((value) => value === 0)) row.fill(1 / k);
  }
  return mean;
}
