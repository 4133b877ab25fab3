import { denseMatrix, type DenseMatrix } from '@crossmodal/core';

/** Prepared latents side by side, `[n, sum of q_v]`; absent rows must be filled before: rows of zeros would be near each other. */
export function joinedLatents(
  latents: readonly { readonly features: DenseMatrix }[],
): DenseMatrix<Float64Array> {
  const n = latents[0]!.features.rows;
  const width = latents.reduce((sum, { features }) => sum + features.columns, 0);
  const values = new Float64Array(n * width);
  let start = 0;
  for (const { features } of latents) {
    const { columns } = features;
    for (let i = 0; i < n; i++) {
      values.set(features.values.subarray(i * columns, (i + 1) * columns), i * width + start);
    }
    start += columns;
  }
  return denseMatrix(values, n, width);
}
