import type { Initialiser } from './initialiser.js';
import { weightCount } from './weight-count.js';

/**
 * Starts a weight, seen as the matrix `W` of shape `[product of all but the last, last]`, with orthonormal columns
 * (`W^T W = I`), or orthonormal rows (`W W^T = I`) when it is wider than tall.
 *
 * @see Saxe, McClelland and Ganguli, Exact solutions to the nonlinear dynamics of learning, ICLR 2014
 */
export const orthogonal: Initialiser = (shape, _fans, random) => {
  const total = weightCount(shape);
  const columns = shape.at(-1) ?? 1;
  const rows = shape.slice(0, -1).reduce((product, size) => product * size, 1);
  const count = Math.min(rows, columns);
  const length = Math.max(rows, columns);
  const basis: Float64Array[] = [];
  while (basis.length < count) {
    const vector = Float64Array.from({ length }, () => random.normal());
    // Twice is enough: one pass of Gram-Schmidt leaves rounding errors that the second removes.
    for (let pass = 0; pass < 2; pass++) {
      for (const other of basis) remove(vector, other);
    }
    const norm = Math.sqrt(dot(vector, vector));
    // A draw that lies in the span so far has no direction left; a new one is drawn.
    if (norm > 1e-8) basis.push(vector.map((value) => value / norm));
  }
  const values = new Float32Array(total);
  for (let b = 0; b < count; b++) {
    for (let i = 0; i < length; i++)
      values[rows >= columns ? i * columns + b : b * columns + i] = basis[b]![i]!;
  }
  return values;
};

function remove(vector: Float64Array, other: Float64Array): void {
  const overlap = dot(vector, other);
  for (let i = 0; i < vector.length; i++) vector[i] = vector[i]! - overlap * other[i]!;
}

function dot(a: Float64Array, b: Float64Array): number {
  // Four sums, so that an addition does not wait for the one before it.
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  let i = 0;
  for (; i + 3 < a.length; i += 4) {
    s0 += a[i]! * b[i]!;
    s1 += a[i + 1]! * b[i + 1]!;
    s2 += a[i + 2]! * b[i + 2]!;
    s3 += a[i + 3]! * b[i + 3]!;
  }
  for (; i < a.length; i++) s0 += a[i]! * b[i]!;
  return s0 + s1 + (s2 + s3);
}
