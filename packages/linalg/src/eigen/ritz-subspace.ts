import type { SymmetricOperator } from '../operators/symmetric-operator.js';
import type { KnownEigenvectors } from './eigen-rows.js';
import { Basis } from './basis.js';
import { LARGE } from './large.js';
import { symmetricEigenRows } from './symmetric-eigen-rows.js';

/** Entries of each vector that are rotated at a time: a tile of a block stays in the cache. */
const TILE = 256;
/** Part of its length that a filtered vector may lose by orthogonalising before it is noise. */
const LOST = 1e-13;

/** A subspace with its Ritz pairs, largest first, and the images of its vectors. */
export class RitzSubspace {
  /** Ritz vectors, one after the other, `[size, n]`. */
  readonly vectors: Float64Array<ArrayBuffer>;
  /** Ritz values, descending, `[size]`. */
  values: Float64Array = new Float64Array(0);
  /** Norm of M u − θ u of each, `[size]`. */
  readonly residuals: Float64Array;
  readonly #operator: SymmetricOperator;
  readonly #size: number;
  readonly #draw: () => Float64Array;
  readonly #images: Float64Array;

  constructor(operator: SymmetricOperator, size: number, draw: () => Float64Array) {
    this.#operator = operator;
    this.#size = size;
    this.#draw = draw;
    this.vectors = new Float64Array(size * operator.size);
    this.#images = new Float64Array(size * operator.size);
    this.residuals = new Float64Array(size);
  }

  /** Fills the subspace with known vectors and random ones. */
  start({ vectors }: KnownEigenvectors): void {
    const n = this.#operator.size;
    for (let c = 0; c < this.#size; c++) this.vectors.set(vectors[c] ?? this.#draw(), c * n);
    this.refresh(0);
  }

  /** Takes in that the vectors from index `first` on were changed: orthogonalises them, and finds the Ritz pairs of all. */
  refresh(first: number): void {
    const n = this.#operator.size;
    this.#orthogonalise(first);
    const rest = this.#size - first;
    this.#multiply(this.vectors.subarray(first * n), this.#images.subarray(first * n), rest);
    const { values, rows } = symmetricEigenRows(this.#projected(), this.#size);
    this.values = values;
    rotate(this.vectors, rows, this.#size, n);
    rotate(this.#images, rows, this.#size, n);
    for (let c = 0; c < this.#size; c++) {
      let squares = 0;
      for (let i = 0, p = c * n; i < n; i++, p++)
        squares += (this.#images[p]! - values[c]! * this.vectors[p]!) ** 2;
      this.residuals[c] = Math.sqrt(squares);
    }
  }

  /** The polynomial of degree 1 is the product, of a whole block at a time. */
  #multiply(vectors: Float64Array, images: Float64Array, count: number): void {
    if (this.#operator.filter === undefined || this.#operator.size < LARGE) {
      this.#operator.multiply(vectors, images, count);
      return;
    }
    images.set(vectors);
    this.#operator.filter(images, count, 1, { lower: -1, upper: 1 });
  }

  #orthogonalise(first: number): void {
    const n = this.#operator.size;
    const basis = new Basis(this.#size, n, this.vectors);
    const unused = new Float64Array(this.#size);
    basis.size = first;
    for (let c = first; c < this.#size; c++) {
      let vector: Float64Array = basis.view(c);
      scaleToUnit(vector);
      let left = basis.orthogonalise(vector, unused);
      // Nothing new was in it; a random vector is as good as any.
      while (!(left > LOST)) {
        vector = this.#draw();
        scaleToUnit(vector);
        left = basis.orthogonalise(vector, unused);
      }
      basis.append(vector, left);
    }
  }

  /** Lower triangle of Vᵀ M V, row-major `[size, size]`. */
  #projected(): Float64Array {
    const n = this.#operator.size;
    const size = this.#size;
    const vectors = this.vectors;
    const images = this.#images;
    const projected = new Float64Array(size * size);
    for (let start = 0; start < n; start += TILE) {
      const stop = Math.min(n, start + TILE);
      for (let r = 0; r < size; r++) {
        const image = r * n;
        // Four at a time: their sums do not wait for each other. What is beyond the diagonal is not read.
        for (let c = 0; c <= r; c += 4) {
          const p = c * n;
          const q = Math.min(c + 1, r) * n;
          const s = Math.min(c + 2, r) * n;
          const t = Math.min(c + 3, r) * n;
          let [s0, s1, s2, s3] = [0, 0, 0, 0];
          for (let i = start; i < stop; i++) {
            const own = images[image + i]!;
            s0 += own * vectors[p + i]!;
            s1 += own * vectors[q + i]!;
            s2 += own * vectors[s + i]!;
            s3 += own * vectors[t + i]!;
          }
          [s0, s1, s2, s3].slice(0, r - c + 1).forEach((sum, k) => (projected[r * size + c + k]! += sum));
        }
      }
    }
    return projected;
  }
}

function scaleToUnit(vector: Float64Array): void {
  // Filters let vectors grow far: their squares need not be finite.
  let largest = 0;
  for (let i = 0; i < vector.length; i++) largest = Math.max(largest, Math.abs(vector[i]!));
  if (largest === 0) return;
  let squares = 0;
  for (let i = 0; i < vector.length; i++) squares += (vector[i]! / largest) ** 2;
  const norm = largest * Math.sqrt(squares);
  for (let i = 0; i < vector.length; i++) vector[i]! /= norm;
}

/** Replaces vectors, `[size, n]`, by their combinations, rows of `rotation`, tile by tile. */
function rotate(vectors: Float64Array, rotation: Float64Array, size: number, n: number): void {
  const tile = new Float64Array(size * TILE);
  for (let start = 0; start < n; start += TILE) {
    const length = Math.min(TILE, n - start);
    tile.fill(0);
    for (let r = 0; r < size; r++) {
      const out = r * TILE;
      // Blocks are as wide as whole panels, or the whole space: a rest of one to three vectors is added singly.
      let c = 0;
      for (; c + 3 < size; c += 4) {
        const w = r * size + c;
        const [w0, w1, w2, w3] = [rotation[w]!, rotation[w + 1]!, rotation[w + 2]!, rotation[w + 3]!];
        const p = c * n + start;
        const [q, s, t] = [p + n, p + 2 * n, p + 3 * n];
        for (let i = 0; i < length; i++)
          tile[out + i]! +=
            w0 * vectors[p + i]! + w1 * vectors[q + i]! + w2 * vectors[s + i]! + w3 * vectors[t + i]!;
      }
      for (; c < size; c++) {
        const weight = rotation[r * size + c]!;
        const vector = c * n + start;
        for (let i = 0; i < length; i++) tile[out + i]! += weight * vectors[vector + i]!;
      }
    }
    for (let r = 0; r < size; r++) vectors.set(tile.subarray(r * TILE, r * TILE + length), r * n + start);
  }
}
