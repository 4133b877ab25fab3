import type { DenseMatrix } from '@crossmodal/core';

/** Mutual information of a joint, shape `[k, k]`, symmetric, of any sum: `sum_ab P_ab log(P_ab / (P_a P_b))`, in nats. */
export function jointInformation({ rows: k, values }: DenseMatrix<Float64Array>): number {
  const total = values.reduce((sum, value) => sum + value, 0);
  const masses = Float64Array.from({ length: k }, (_, c) =>
    values.subarray(c * k, (c + 1) * k).reduce((sum, value) => sum + value / total, 0),
  );
  let information = 0;
  values.forEach((value, q) => {
    const p = value / total;
    if (p > 0) information += p * Math.log(p / (masses[Math.floor(q / k)]! * masses[q % k]!));
  });
  return information;
}
