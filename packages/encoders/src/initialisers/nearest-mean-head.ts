import { CrossmodalError, denseMatrix, type DenseMatrix } from '@crossmodal/core';

/** Options of {@link nearestMeanHead}. */
export interface NearestMeanHeadOptions {
  /** Number of classes k, 1 or more. */
  readonly classes: number;
  /**
   * What a class's logit gains from the middle of all latents to the mean of its own, were that as far away as a latent is: low values start
   * soft, and easy to move.
   *
   * @defaultValue 20
   */
  readonly sharpness?: number;
}

/** Weights of a linear head, `logits = latents kernel + offsets`. */
export interface LinearHead {
  /** Shape `[d, k]`. */
  readonly kernel: DenseMatrix<Float32Array>;
  /** Shape `[k]`. */
  readonly offsets: Float32Array;
}

/**
 * Weights with which a linear head tells classes by their nearest mean:
 * `logit_c(h) = s (<m_c - m, h - m> - ||m_c - m||^2 / 2)` with `m_c` the mean of a class, `m` that of all, and `s` the sharpness divided by the mean
 * squared distance from `m`. The largest logit is that of the nearest mean.
 *
 * A class without rows is at the middle of all; latents that are all alike give zeros.
 *
 * @param latents - shape `[n, d]`, one row or more
 * @param labels - class of each row, `0..k-1`
 * @throws CrossmodalError `shape` when there is not one label for each row, or no row; `value` on a label beyond the classes; `option` on an option
 * out of range.
 * @example
 * ```ts
 * const latents = fromRows([[0, 0], [0, 2], [4, 0], [4, 2]]);
 * const { kernel, offsets } = nearestMeanHead(latents, [0, 0, 1, 1], { classes: 2 });
 * // two columns for the head of two classes: they differ in the first feature alone
 * console.log(kernel.values, offsets); // -8, 8, 0, 0 and 8, -24
 * ```
 */
export function nearestMeanHead(
  latents: DenseMatrix,
  labels: ArrayLike<number>,
  { classes: k, sharpness = 20 }: NearestMeanHeadOptions,
): LinearHead {
  check(latents, labels, k, sharpness);
  const { columns: d } = latents;
  const { means, middle, spread } = classMeans(latents, labels, k);
  // Latents that are all alike tell nothing apart, whatever the factor.
  const s = spread > 0 ? sharpness / spread : 0;
  const kernel = new Float32Array(d * k);
  const offsets = new Float32Array(k);
  for (let c = 0; c < k; c++) {
    let offset = 0;
    for (let j = 0; j < d; j++) {
      const away = means[c * d + j]! - middle[j]!;
      kernel[j * k + c] = s * away;
      offset -= s * away * (away / 2 + middle[j]!);
    }
    offsets[c] = offset;
  }
  return { kernel: denseMatrix(kernel, d, k), offsets };
}

/** Mean of each class and of all, and the mean squared distance from the latter. */
function classMeans({ rows: n, columns: d, values }: DenseMatrix, labels: ArrayLike<number>, k: number) {
  const means = new Float64Array(k * d);
  const middle = new Float64Array(d);
  const counts = new Float64Array(k);
  for (let i = 0; i < n; i++) {
    const c = labels[i]!;
    counts[c]!++;
    for (let j = 0; j < d; j++) {
      means[c * d + j]! += values[i * d + j]!;
      middle[j]! += values[i * d + j]! / n;
    }
  }
  for (let c = 0; c < k; c++)
    for (let j = 0; j < d; j++)
      means[c * d + j] = counts[c]! > 0 ? means[c * d + j]! / counts[c]! : middle[j]!;
  let spread = 0;
  for (let p = 0; p < values.length; p++) spread += (values[p]! - middle[p % d]!) ** 2 / n;
  return { means, middle, spread };
}

function check({ rows: n }: DenseMatrix, labels: ArrayLike<number>, k: number, sharpness: number): void {
  const where = 'nearestMeanHead';
  if (n === 0 || labels.length !== n) {
    throw new CrossmodalError({
      code: 'shape',
      where,
      expected: n === 0 ? 'one row or more' : `${n} labels, one for each row`,
      received: n === 0 ? 'none' : `${labels.length}`,
    });
  }
  if (!Number.isInteger(k) || k < 1) {
    const received = String(k);
    throw new CrossmodalError({
      code: 'option',
      where: `${where} option 'classes'`,
      expected: 'an integer of 1 or more',
      received,
    });
  }
  if (!Number.isFinite(sharpness) || sharpness < 0) {
    const received = String(sharpness);
    throw new CrossmodalError({
      code: 'option',
      where: `${where} option 'sharpness'`,
      expected: 'a finite number of 0 or more',
      received,
    });
  }
  const odd = Array.from(labels).find((label) => !Number.isInteger(label) || label < 0 || label >= k);
  if (odd !== undefined)
    throw new CrossmodalError({
      code: 'value',
      where,
      expected: `labels in 0..${k - 1}`,
      received: String(odd),
    });
}
