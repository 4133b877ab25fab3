/**
 * The upper half of a symmetric matrix `[n, n]`, row after row, each from its diagonal on: `n (n + 1) / 2` numbers, half of what passes
 * over a kernel would otherwise read and write.
 */
export type PackedHalf = Float32Array;

/** Numbers in the packed half of a matrix `[n, n]`. */
export function packedLength(n: number): number {
  return (n * (n + 1)) / 2;
}

/** Where entry `(i, i)` is; `(i, j)` with `j > i` is `j - i` further on. */
export function packedDiagonal(n: number, i: number): number {
  return i * n - (i * (i - 1)) / 2;
}

/** Where entry `(i, j)` is, whichever of the two is larger. */
export function packedPlace(n: number, i: number, j: number): number {
  return i <= j ? packedDiagonal(n, i) + j - i : packedDiagonal(n, j) + i - j;
}

/** Entry `(i, j)` of the matrix. */
export function packedAt(kernel: PackedHalf, n: number, i: number, j: number): number {
  return kernel[packedPlace(n, i, j)]!;
}
