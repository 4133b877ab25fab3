import { denseMatrix, paired, vectors, type RandomSource } from '@crossmodal/core';
import { balancedLabels } from './balanced-labels.js';
import { checkCount, checkRange } from './checks.js';
import type { LabelledData } from './labelled-data.js';

/** Options of {@link twoCircles}. */
export interface TwoCirclesOptions {
  /** Objects, half of them on each circle. */
  readonly n: number;
  /** Radius of the inner circle; that of the outer one is 1. @defaultValue 0.5 */
  readonly factor?: number;
  /** Deviation of the noise on both features. @defaultValue 0.05 */
  readonly noise?: number;
  readonly random: RandomSource;
}

/**
 * Draws one modality of two features, two circles around the origin, plus noise. They have the same mean.
 *
 * Objects come in random order.
 *
 * @throws CrossmodalError `option` on a size or a width out of range.
 * @example
 * ```ts
 * const { data, labels } = twoCircles({ n: 200, random: randomSource(1) });
 * console.log(data.modalities[0]!.features.columns, labels.length); // 2, 200
 * ```
 */
export function twoCircles({ n, factor = 0.5, noise = 0.05, random }: TwoCirclesOptions): LabelledData {
  const where = 'twoCircles';
  checkCount(where, 'n', n, 1);
  checkRange(where, 'factor', factor, 0, 1);
  checkRange(where, 'noise', noise, 0);
  const labels = balancedLabels(n, 2, random.fork('labels'));
  const points = random.fork('points');
  const values = new Float64Array(2 * n);
  labels.forEach((circle, i) => {
    const t = 2 * Math.PI * points.uniform();
    const radius = circle === 0 ? 1 : factor;
    const [x, y] = [radius * Math.cos(t), radius * Math.sin(t)];
    values.set([x + noise * points.normal(), y + noise * points.normal()], 2 * i);
  });
  return { data: paired([vectors('circles', denseMatrix(values, n, 2))]), labels };
}
