import type { DenseMatrix } from '@crossmodal/core';
import { sinkhornKnopp } from '@crossmodal/spectral';

/** How memberships become targets. */
export interface TargetOptions {
  /** Power of the memberships. */
  readonly power: number;
  /** Whether clusters are made even, by Sinkhorn's scaling; rows are scaled to 1 in any case. */
  readonly balanced: boolean;
  /** Rounds of scaling. */
  readonly maxIterations: number;
  readonly signal?: AbortSignal | undefined;
}

/** Scaling ends when rows are as near as this to 1, as in the public code. */
const TOLERANCE = 1e-2;

/** Rows below this sum are of objects that are in no modality. */
const ABSENT = 1e-9;

/**
 * Targets for the clustering head: the power of the memberships, scaled so that every cluster has n / k and every row sums to 1.
 *
 * @param memberships - shape `[n, k]`; rows of zeros stay zeros and take no part
 */
export function balancedTargets(
  memberships: DenseMatrix<Float32Array>,
  { power, balanced, maxIterations, signal }: TargetOptions,
): DenseMatrix<Float32Array> {
  const { rows: n, columns: k, values } = memberships;
  const sums = Float64Array.from({ length: n }, (_, i) =>
    values.subarray(i * k, (i + 1) * k).reduce((sum, value) => sum + value, 0),
  );
  const there = Array.from(sums.keys()).filter((i) => sums[i]! > ABSENT);
  const chosen = new Float64Array(there.length * k);
  there.forEach((row, i) => {
    for (let c = 0; c < k; c++) {
      const share = values[row * k + c]! / sums[row]!;
      // A cluster without any mass could not be filled.
      chosen[i * k + c] = Math.max(share, 1e-9);
    }
  });
  const matrix = { kind: 'dense' as const, rows: there.length, columns: k, values: chosen };
  const scaled = balanced
    ? sinkhornKnopp(matrix, { power, tolerance: TOLERANCE, maxIterations, ...(signal ? { signal } : {}) })
        .values
    : sharpened(chosen, k, power);
  const targets = new Float32Array(n * k);
  there.forEach((row, i) => targets.set(scaled.subarray(i * k, (i + 1) * k), row * k));
  return { ...memberships, values: targets };
}

function sharpened(values: Float64Array, k: number, power: number): Float64Array {
  const result = values.map((value) => value ** power);
  for (let start = 0; start < result.length; start += k) {
    const row = result.subarray(start, start + k);
    const sum = row.reduce((total, value) => total + value, 0);
    for (let c = 0; c < k; c++) row[c]! /= sum;
  }
  return result;
}
