import { choleskyInverse, readValues, tf } from '@crossmodal/tensors';
import { mirrorUpper } from '../../kernels/mirror-upper.js';
import { packedDiagonal, type PackedHalf } from './packed-half.js';

/** `(K / rho + I)^-1` as row-major values `[n, n]`, which may belong to the backend. */
export function ridgePrecision(kernel: PackedHalf, n: number, ridge: number): Float32Array {
  const scale = 1 / ridge;
  const shifted = new Float32Array(n * n);
  for (let i = 0; i < n; i++) {
    let from = packedDiagonal(n, i);
    for (let p = i * n + i; p < (i + 1) * n; p++) shifted[p] = kernel[from++]! * scale;
    shifted[i * n + i]! += 1;
  }
  mirrorUpper(shifted, n);
  return readValues(() => choleskyInverse(tf.tensor2d(shifted, [n, n], 'float32')));
}
