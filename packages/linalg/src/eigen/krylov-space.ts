import { Basis } from './basis.js';
import { symmetricEigenRows } from './symmetric-eigen-rows.js';
import type { PassOperator } from '../operators/pass-operator.js';
import type { SymmetricOperator } from '../operators/symmetric-operator.js';

/** Approximate eigenpairs inside a Krylov space, largest first. */
export interface RitzPairs {
  /** Ritz values, descending. */
  readonly values: Float64Array;
  /** Norm of M u − θ u of each. */
  readonly residuals: Float64Array;
  /** Coordinates of the Ritz vectors in the processed basis, as rows `[processed, processed]`. */
  readonly rotation: Float64Array;
}

/** Below this part of ‖M‖ a new direction is rounding, not information. */
const BREAKDOWN = 1e-12;

/**
 * A block Krylov space with full orthogonalisation: the first `processed` basis vectors have been multiplied by M, and
 * their images lie in the span of the whole basis; the vectors behind them are the frontier, to be multiplied next.
 * With P the processed vectors, F the frontier and H the recorded coefficients, M P = [P F] H.
 */
export class KrylovSpace {
  /** Basis vectors whose image is known. */
  processed = 0;
  /** Blocks multiplied so far. */
  steps = 0;
  /** The largest |Ritz value| and image norm seen: an estimate of ‖M‖ from below. */
  norm = 0;
  readonly #size: number;
  readonly #basis: Basis;
  readonly #draw: () => Float64Array;
  readonly #images: Float64Array;
  readonly #width: number;
  /** H, row-major; column c holds the coefficients of the image of vector c. */
  #h: Float64Array;

  /** @param size - n; @param limit - most vectors ever processed; @param block - widest frontier */
  constructor(size: number, limit: number, block: number, draw: () => Float64Array) {
    this.#size = size;
    this.#draw = draw;
    this.#width = limit + block;
    this.#basis = new Basis(this.#width, size);
    this.#images = new Float64Array(block * size);
    this.#h = new Float64Array(this.#width * this.#width);
  }

  /** Vectors that wait to be multiplied; 0 when the space is all of R^n. */
  get frontier(): number {
    return this.#basis.size - this.processed;
  }

  /** Fills the frontier up to a width with random directions, so that no breakdown narrows the search. */
  widen(width: number): void {
    const n = this.#size;
    while (this.frontier < width && this.#basis.size < n) {
      const vector = this.#draw();
      const norm = this.#basis.orthogonalise(vector, new Float64Array(this.#width));
      // A draw that lies in the span but for rounding would be normalised noise.
      if (norm > 1e-8) this.#basis.append(vector, norm);
    }
  }

  /** Takes an exact eigenvector in, before anything else. */
  lock(vector: Float64Array, value: number): void {
    const copy = vector.slice();
    this.#basis.append(copy, this.#basis.orthogonalise(copy, new Float64Array(this.#width)));
    this.#h[this.processed * (this.#width + 1)] = value;
    this.processed++;
  }

  /** Multiplies the frontier by M and adds the new directions of the images as the next frontier, of the given width. */
  expand(operator: Pick<SymmetricOperator, 'multiply'>, width: number): void {
    const count = this.frontier;
    operator.multiply(this.#basis.view(this.processed, count), this.#images, count);
    this.#addImages(count, width);
  }

  /** As {@link expand}, for products that take their time. */
  async expandByPass(operator: Pick<PassOperator, 'multiply'>, width: number): Promise<void> {
    const count = this.frontier;
    await operator.multiply(this.#basis.view(this.processed, count), this.#images, count);
    this.#addImages(count, width);
  }

  #addImages(count: number, width: number): void {
    const n = this.#size;
    const first = this.processed;
    this.steps++;
    this.processed += count;
    for (let c = 0; c < count; c++) {
      const image = this.#images.subarray(c * n, c * n + n);
      let squares = 0;
      for (let i = 0; i < n; i++) squares += image[i]! * image[i]!;
      this.norm = Math.max(this.norm, Math.sqrt(squares));
      const coefficients = new Float64Array(this.#width);
      const rest = this.#basis.orthogonalise(image, coefficients);
      if (rest > BREAKDOWN * this.norm && this.#basis.size < n) {
        coefficients[this.#basis.size] = rest;
        this.#basis.append(image, rest);
      }
      for (let r = 0; r < this.#width; r++) this.#h[r * this.#width + first + c] = coefficients[r]!;
    }
    this.widen(width);
  }

  /** Rayleigh-Ritz in the processed space. */
  ritz(): RitzPairs {
    const p = this.processed;
    const work = new Float64Array(p * p);
    // Column c was measured against all older vectors; what column r said about the newer ones may have been dropped.
    for (let c = 0; c < p; c++) {
      for (let r = 0; r <= c; r++) work[c * p + r] = this.#h[r * this.#width + c]!;
    }
    const { values, rows } = symmetricEigenRows(work, p);
    this.norm = Math.max(this.norm, Math.abs(values[0]!), Math.abs(values[p - 1]!));
    const residuals = new Float64Array(p);
    for (let i = 0; i < p; i++) residuals[i] = Math.hypot(...this.#coupling(rows, i));
    return { values, residuals, rotation: rows };
  }

  /** Shrinks the processed space to its first `kept` Ritz vectors; the frontier stays. */
  restart(pairs: RitzPairs, kept: number): void {
    const couplings = Array.from({ length: kept }, (_, i) => this.#coupling(pairs.rotation, i));
    this.#basis.rotate(pairs.rotation, kept, this.processed);
    this.processed = kept;
    this.#h = new Float64Array(this.#width * this.#width);
    couplings.forEach((coupling, i) => {
      this.#h[i * this.#width + i] = pairs.values[i]!;
      coupling.forEach((value, f) => (this.#h[(kept + f) * this.#width + i] = value));
    });
  }

  /** Shrinks to the first `kept` Ritz vectors, taken as exact, and looks for the rest from fresh random directions. */
  restartAfresh(pairs: RitzPairs, kept: number, width: number): void {
    this.restart(pairs, kept);
    this.#basis.size = kept;
    this.#h.fill(0, kept * this.#width);
    this.widen(width);
  }

  /** The first `count` Ritz vectors as rows, `[count, n]`. */
  vectors(pairs: RitzPairs, count: number): Float64Array {
    return this.#basis.combine(pairs.rotation, count, this.processed);
  }

  /** Components of M u along the frontier, for the Ritz vector of index i. */
  #coupling(rotation: Float64Array, i: number): Float64Array {
    const p = this.processed;
    const coupling = new Float64Array(this.frontier);
    for (let f = 0; f < coupling.length; f++) {
      let sum = 0;
      for (let c = 0; c < p; c++) sum += this.#h[(p + f) * this.#width + c]! * rotation[i * p + c]!;
      coupling[f] = sum;
    }
    return coupling;
  }
}
