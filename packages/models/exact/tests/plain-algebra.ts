/** Linear algebra in plain loops over plain rows, which shares no code with any package. */
export type Rows = readonly (readonly number[])[];

export const dot = (a: readonly number[], b: readonly number[]) =>
  a.reduce((sum, x, j) => sum + x * b[j]!, 0);
export const unit = (row: readonly number[]) => {
  const norm = Math.max(Math.sqrt(dot(row, row)), 1e-12);
  return row.map((x) => x / norm);
};
export const table = (rows: number, columns: number, entry: (i: number, j: number) => number) =>
  Array.from({ length: rows }, (_, i) => Array.from({ length: columns }, (__, j) => entry(i, j)));
export const median = (values: readonly number[]) => {
  const sorted = values.toSorted((a, b) => a - b);
  const half = sorted.length / 2;
  return (sorted[Math.ceil(half) - 1]! + sorted[Math.floor(half)]!) / 2;
};

export const total = (matrices: readonly Rows[]): Rows =>
  matrices[0]!.map((row, i) => row.map((_, j) => matrices.reduce((sum, matrix) => sum + matrix[i]![j]!, 0)));
export const mean = (matrices: readonly Rows[]): Rows =>
  total(matrices).map((row) => row.map((x) => x / matrices.length));

/** Inverse by Gauss-Jordan elimination. */
export function inverse(matrix: Rows): number[][] {
  const n = matrix.length;
  const work = matrix.map((row, i) => [...row, ...row.map((_, j) => (i === j ? 1 : 0))]);
  for (let p = 0; p < n; p++) {
    const pivot = work[p]![p]!;
    for (let j = 0; j < 2 * n; j++) work[p]![j]! /= pivot;
    for (let i = 0; i < n; i++) {
      const factor = work[i]![p]!;
      if (i === p || factor === 0) continue;
      for (let j = 0; j < 2 * n; j++) work[i]![j]! -= factor * work[p]![j]!;
    }
  }
  return work.map((row) => row.slice(n));
}

/** Eigenpairs of a symmetric matrix by Jacobi rotations, largest first; vectors are rows. */
export function eigenpairs(matrix: Rows): { values: number[]; vectors: Rows } {
  const n = matrix.length;
  const a = matrix.map((row) => [...row]);
  const u = table(n, n, (i, j) => (i === j ? 1 : 0));
  for (let sweep = 0; sweep < 30; sweep++) {
    for (let p = 0; p < n; p++) {
      for (let q = p + 1; q < n; q++) {
        const angle = 0.5 * Math.atan2(2 * a[p]![q]!, a[q]![q]! - a[p]![p]!);
        const [c, s] = [Math.cos(angle), Math.sin(angle)];
        for (let k = 0; k < n; k++) {
          const [x, y] = [a[k]![p]!, a[k]![q]!];
          [a[k]![p], a[k]![q]] = [c * x - s * y, s * x + c * y];
        }
        for (const rows of [a, u]) {
          const [x, y] = [rows[p]!, rows[q]!];
          rows[p] = x.map((value, k) => c * value - s * y[k]!);
          rows[q] = x.map((value, k) => s * value + c * y[k]!);
        }
      }
    }
  }
  const order = a.map((_, i) => i).toSorted((i, j) => a[j]![j]! - a[i]![i]!);
  return { values: order.map((i) => a[i]![i]!), vectors: order.map((i) => u[i]!) };
}
