import type { DenseMatrix } from '@crossmodal/core';

/**
 * Columns that are the largest of some row, ascending; with fewer than `least` of them, the `least` of most mass, heaviest first.
 *
 * @param memberships - shape `[n, m]`, not negative
 */
export function prevalentColumns({ rows, columns, values }: DenseMatrix, least: number): number[] {
  const wins = new Float64Array(columns);
  const masses = new Float64Array(columns);
  for (let i = 0; i < rows; i++) {
    const row = values.subarray(i * columns, (i + 1) * columns);
    let best = 0;
    for (let c = 0; c < columns; c++) {
      masses[c]! += row[c]!;
      if (row[c]! > row[best]!) best = c;
    }
    if (row[best]! > 0) wins[best]!++;
  }
  const all = Array.from(masses.keys());
  const winners = all.filter((c) => wins[c]! > 0);
  if (winners.length >= least) return winners;
  return all.sort((a, b) => masses[b]! - masses[a]!).slice(0, least);
}
