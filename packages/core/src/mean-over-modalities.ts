import { CrossmodalError } from './errors.js';
import { denseMatrix, type DenseMatrix } from './matrix.js';

/** What is averaged of one modality. */
export interface WeightedRows {
  /** One row per object, such as its latents or memberships in the modality, shape `[n, d]`. */
  readonly rows: DenseMatrix;
  /** Weight of the modality, 0 or more. */
  readonly weight: number;
  /** 1 where the object has the modality; left out when all have it. */
  readonly present?: Uint8Array | undefined;
}

/**
 * Weighted mean of each object's rows over the modalities that it has, `sum_v w_v x_vi / sum_v w_v`: late fusion that absent modalities do not
 * dilute. An object that is in no modality of positive weight gets zeros.
 *
 * @param modalities - one or more, of the same shape
 * @returns shape `[n, d]`
 * @throws CrossmodalError `shape` when there is no modality, shapes differ, or flags do not fit the rows.
 * @example
 * ```ts
 * const first = { rows: fromRows([[1], [2]]), weight: 0.25, present: Uint8Array.of(1, 0) };
 * const second = { rows: fromRows([[5], [6]]), weight: 0.75 };
 * console.log(meanOverModalities([first, second]).values); // 4, 6
 * ```
 */
export function meanOverModalities(modalities: readonly WeightedRows[]): DenseMatrix<Float32Array> {
  const { rows: n, columns: d } = commonShape(modalities);
  const mean = new Float32Array(n * d);
  for (let i = 0; i < n; i++) {
    const shares = modalities.map(({ weight, present }) => (present?.[i] === 0 ? 0 : weight));
    const sum = shares.reduce((total, share) => total + share, 0);
    if (sum === 0) continue;
    modalities.forEach(({ rows: { values } }, v) => {
      const share = shares[v]! / sum;
      if (share === 0) return;
      for (let p = i * d; p < (i + 1) * d; p++) mean[p]! += share * values[p]!;
    });
  }
  return denseMatrix(mean, n, d);
}

function commonShape(modalities: readonly WeightedRows[]): DenseMatrix {
  const refuse = (expected: string, received: string): never => {
    throw new CrossmodalError({ code: 'shape', where: 'meanOverModalities', expected, received });
  };
  const first = modalities[0]?.rows ?? refuse('one modality or more', 'none');
  const { rows: n, columns: d } = first;
  modalities.forEach(({ rows, present }, v) => {
    if (rows.rows !== n || rows.columns !== d)
      refuse(`[${n}, ${d}] in every modality`, `[${rows.rows}, ${rows.columns}] in modality ${v}`);
    if (present !== undefined && present.length !== n)
      refuse(`${n} flags in every modality`, `${present.length} in modality ${v}`);
  });
  return first;
}
