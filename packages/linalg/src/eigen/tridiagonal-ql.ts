import { hypotenuse } from '../rotations/hypotenuse.js';
import { rotateRows } from '../rotations/rotate-rows.js';

/** Sweeps allowed an eigenvalue; two or three are usual. */
const MAX_SWEEPS = 60;

/**
 * Implicit QL with Wilkinson's shift on a tridiagonal matrix; eigenvalues replace the diagonal, and the rotations are
 * applied to the rows of `rotation`, whose row i becomes the eigenvector of eigenvalue i (unsorted).
 *
 * @returns whether every eigenvalue converged
 */
export function tridiagonalQl(d: Float64Array, e: Float64Array, rotation: Float64Array, n: number): boolean {
  for (let low = 0; low < n; low++) {
    for (let sweep = 0; ; sweep++) {
      const high = firstNegligible(d, e, low, n);
      if (high === low) break;
      if (sweep === MAX_SWEEPS) return false;
      let g = (d[low + 1]! - d[low]!) / (2 * e[low]!);
      let r = hypotenuse(g, 1);
      g = d[high]! - d[low]! + e[low]! / (g + (g >= 0 ? r : -r));
      let sine = 1;
      let cosine = 1;
      let shift = 0;
      let i = high - 1;
      for (; i >= low; i--) {
        const f = sine * e[i]!;
        const b = cosine * e[i]!;
        r = hypotenuse(f, g);
        e[i + 1] = r;
        if (r === 0) {
          // The matrix splits here by underflow: keep what is done and start the sweep again.
          d[i + 1]! -= shift;
          e[high] = 0;
          break;
        }
        sine = f / r;
        cosine = g / r;
        g = d[i + 1]! - shift;
        r = (d[i]! - g) * sine + 2 * cosine * b;
        shift = sine * r;
        d[i + 1] = g + shift;
        g = cosine * r - b;
        rotateRows(rotation, n, i, i + 1, cosine, -sine);
      }
      if (r === 0 && i >= low) continue;
      d[low]! -= shift;
      e[low] = g;
      e[high] = 0;
    }
  }
  return true;
}

/** First index from `low` on whose coupling to the next is lost in the rounding of its neighbours. */
function firstNegligible(d: Float64Array, e: Float64Array, low: number, n: number): number {
  let m = low;
  for (; m < n - 1; m++) {
    if (Math.abs(e[m]!) <= Number.EPSILON * (Math.abs(d[m]!) + Math.abs(d[m + 1]!))) break;
  }
  return m;
}
