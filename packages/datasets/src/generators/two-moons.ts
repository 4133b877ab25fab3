import { denseMatrix, paired, vectors, type RandomSource } from '@crossmodal/core';
import { balancedLabels } from './balanced-labels.js';
import { checkCount, checkRange } from './checks.js';
import type { LabelledData } from './labelled-data.js';

/** Options of {@link twoMoons}. */
export interface TwoMoonsOptions {
  /** Objects, half of them on each moon. */
  readonly n: number;
  /** Deviation of the noise on both features. @defaultValue 0.05 */
  readonly noise?: number;
  readonly random: RandomSource;
}

/**
 * Draws one modality of two features, two half circles that interlock: `(cos t, sin t)` and `(1 - cos t, 1/2 - sin t)` with `t`
 * uniform in `[0, pi]`, plus noise. No line separates them.
 *
 * Objects come in random order.
 *
 * @throws CrossmodalError `option` on a size or a width out of range.
 * @example
 * ```ts
 * const { data, labels } = twoMoons({ n: 200, random: randomSource(1) });
 * console.log(data.modalities[0]!.features.columns, labels.length); // 2, 200
 * ```
 */
export function twoMoons({ n, noise = 0.05, random }: TwoMoonsOptions): LabelledData {
  const where = 'twoMoons';
  checkCount(where, 'n', n, 1);
  checkRange(where, 'noise', noise, 0);
  const labels = balancedLabels(n, 2, random.fork('labels'));
  const points = random.fork('points');
  const values = new Float64Array(2 * n);
  labels.forEach((moon, i) => {
    const t = Math.PI * points.uniform();
    const [x, y] = moon === 0 ? [Math.cos(t), Math.sin(t)] : [1 - Math.cos(t), 0.5 - Math.sin(t)];
    values.set([x + noise * points.normal(), y + noise * points.normal()], 2 * i);
  });
  return { data: paired([vectors('moons', denseMatrix(values, n, 2))]), labels };
}
