/** Orthonormal vectors of length n side by side in one buffer, with the two kernels that a Krylov method spends its time in. */
export class Basis {
  /** Vectors in use. */
  size = 0;
  readonly #n: number;
  readonly #buffer: Float64Array;

  /** @param buffer - where the vectors are kept, `[capacity, n]`; a new one by default */
  constructor(capacity: number, n: number, buffer = new Float64Array(capacity * n)) {
    this.#n = n;
    this.#buffer = buffer;
  }

  /** Vectors `from .. from + count - 1` as one view. */
  view(from: number, count = 1): Float64Array {
    return this.#buffer.subarray(from * this.#n, (from + count) * this.#n);
  }

  /**
   * Takes the basis out of `vector`, in place, and adds what it took to `coefficients`; twice, because one pass of
   * Gram-Schmidt loses orthogonality where the vector nearly lies in the span.
   *
   * @returns the norm of what is left
   */
  orthogonalise(vector: Float64Array, coefficients: Float64Array): number {
    for (let pass = 0; pass < 2; pass++) {
      let c = 0;
      for (; c + 3 < this.size; c += 4) this.#removeFour(c, vector, coefficients);
      for (; c < this.size; c++) this.#removeOne(c, vector, coefficients);
    }
    let squares = 0;
    for (let i = 0; i < this.#n; i++) squares += vector[i]! * vector[i]!;
    return Math.sqrt(squares);
  }

  /** Appends `vector / norm`. */
  append(vector: Float64Array, norm: number): void {
    const target = this.view(this.size++);
    for (let i = 0; i < this.#n; i++) target[i] = vector[i]! / norm;
  }

  /** Replaces the first `used` vectors by `kept` combinations of them, rows of `rotation` (`[kept, used]`), and moves the others up behind. */
  rotate(rotation: Float64Array, kept: number, used: number): void {
    const combined = this.combine(rotation, kept, used);
    this.#buffer.set(combined, 0);
    this.#buffer.copyWithin(kept * this.#n, used * this.#n, this.size * this.#n);
    this.size += kept - used;
  }

  /** Combinations of the first `used` vectors, rows of `rotation` (`[kept, used]`), as rows `[kept, n]`. */
  combine(rotation: Float64Array, kept: number, used: number): Float64Array {
    const n = this.#n;
    const v = this.#buffer;
    const combined = new Float64Array(kept * n);
    for (let r = 0; r < kept; r++) {
      const out = combined.subarray(r * n, r * n + n);
      let c = 0;
      for (; c + 3 < used; c += 4) {
        const w0 = rotation[r * used + c]!;
        const w1 = rotation[r * used + c + 1]!;
        const w2 = rotation[r * used + c + 2]!;
        const w3 = rotation[r * used + c + 3]!;
        const p = c * n;
        const q = p + n;
        const s = q + n;
        const t = s + n;
        for (let i = 0; i < n; i++)
          out[i]! += w0 * v[p + i]! + w1 * v[q + i]! + w2 * v[s + i]! + w3 * v[t + i]!;
      }
      for (; c < used; c++) {
        const w0 = rotation[r * used + c]!;
        const p = c * n;
        for (let i = 0; i < n; i++) out[i]! += w0 * v[p + i]!;
      }
    }
    return combined;
  }

  #removeFour(c: number, x: Float64Array, coefficients: Float64Array): void {
    const n = this.#n;
    const v = this.#buffer;
    const p = c * n;
    const q = p + n;
    const s = q + n;
    const t = s + n;
    let c0 = 0;
    let c1 = 0;
    let c2 = 0;
    let c3 = 0;
    for (let i = 0; i < n; i++) {
      const xi = x[i]!;
      c0 += v[p + i]! * xi;
      c1 += v[q + i]! * xi;
      c2 += v[s + i]! * xi;
      c3 += v[t + i]! * xi;
    }
    for (let i = 0; i < n; i++) x[i]! -= c0 * v[p + i]! + c1 * v[q + i]! + c2 * v[s + i]! + c3 * v[t + i]!;
    coefficients[c]! += c0;
    coefficients[c + 1]! += c1;
    coefficients[c + 2]! += c2;
    coefficients[c + 3]! += c3;
  }

  #removeOne(c: number, x: Float64Array, coefficients: Float64Array): void {
    const n = this.#n;
    const v = this.#buffer;
    const p = c * n;
    let c0 = 0;
    for (let i = 0; i < n; i++) c0 += v[p + i]! * x[i]!;
    for (let i = 0; i < n; i++) x[i]! -= c0 * v[p + i]!;
    coefficients[c]! += c0;
  }
}
