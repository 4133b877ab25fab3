import {
  csrMatrix,
  denseMatrix,
  type CsrMatrix,
  type DenseMatrix,
  type RandomSource,
} from '@crossmodal/core';

/** Dimensions of the space that the groups of the dense graph live in. */
const DIMENSIONS = 5;

/** exp(−‖x_i − x_j‖² / 50) between points of separated Gaussian groups; vertex i is in group i mod `groups`. */
export function denseGraph(n: number, groups: number, random: RandomSource): DenseMatrix<Float64Array> {
  const centres = Float64Array.from({ length: groups * DIMENSIONS }, () => 4 * random.normal());
  const points = Float64Array.from({ length: n * DIMENSIONS }, (_, p) => {
    const group = Math.floor(p / DIMENSIONS) % groups;
    return centres[group * DIMENSIONS + (p % DIMENSIONS)]! + random.normal();
  });
  const values = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < i; j++) {
      let distance = 0;
      for (let d = 0; d < DIMENSIONS; d++)
        distance += (points[i * DIMENSIONS + d]! - points[j * DIMENSIONS + d]!) ** 2;
      values[i * n + j] = values[j * n + i] = Math.exp(-distance / 50);
    }
  }
  return denseMatrix(values, n, n);
}

/** Each vertex has 5 edges to others nearby on the ring of its group, a few of them across groups. */
export function sparseGraph(n: number, groups: number, across: number, random: RandomSource): CsrMatrix {
  const rows = Array.from({ length: n }, () => new Map<number, number>());
  for (let i = 0; i < n; i++) {
    for (let edge = 0; edge < 5; edge++) {
      const near = (i + groups * (1 + Math.floor(60 * Math.abs(random.normal())))) % n;
      const other = random.uniform() < across ? random.integer(n) : near;
      if (other === i) continue;
      const weight = 0.5 + random.uniform();
      rows[i]!.set(other, weight);
      rows[other]!.set(i, weight);
    }
  }
  const sorted = rows.map((row) => [...row].sort((a, b) => a[0] - b[0]));
  const offsets = new Int32Array(n + 1);
  sorted.forEach((row, i) => (offsets[i + 1] = offsets[i]! + row.length));
  const entries = sorted.flat();
  return csrMatrix(
    n,
    n,
    offsets,
    Int32Array.from(entries, (e) => e[0]),
    Float64Array.from(entries, (e) => e[1]),
  );
}
