/** `target_k = matrix_k . x` for the rows of a matrix, four at a time: their sums do not wait for each other. */
export function rowProducts(matrix: Float64Array, x: Float64Array, target: Float64Array): void {
  const d = x.length;
  let k = 0;
  for (; k + 4 <= target.length; k += 4) {
    const [b0, b1, b2, b3] = [k * d, (k + 1) * d, (k + 2) * d, (k + 3) * d];
    let [s0, s1, s2, s3] = [0, 0, 0, 0];
    for (let j = 0; j < d; j++) {
      const value = x[j]!;
      s0 += matrix[b0 + j]! * value;
      s1 += matrix[b1 + j]! * value;
      s2 += matrix[b2 + j]! * value;
      s3 += matrix[b3 + j]! * value;
    }
    target[k] = s0;
    target[k + 1] = s1;
    target[k + 2] = s2;
    target[k + 3] = s3;
  }
  for (; k < target.length; k++) {
    let sum = 0;
    for (let j = 0; j < d; j++) sum += matrix[k * d + j]! * x[j]!;
    target[k] = sum;
  }
}
