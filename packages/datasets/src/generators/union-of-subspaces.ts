import { paired, vectors, type RandomSource, type VectorModality } from '@crossmodal/core';
import { balancedLabels } from './balanced-labels.js';
import { checkCount, checkRange, optionError } from './checks.js';
import type { LabelledData } from './labelled-data.js';
import { randomBasis } from './random-basis.js';
import { tanhLayer } from './tanh-layer.js';

/** Options of {@link unionOfSubspaces}. */
export interface UnionOfSubspacesOptions {
  /** Objects. */
  readonly n: number;
  /** Subspaces, `1..n`, with as many objects each, or one more. */
  readonly clusters: number;
  /** Dimension of each subspace. */
  readonly subspaceDimension: number;
  /** Features of each modality, none below `subspaceDimension`. */
  readonly ambientDimensions: readonly number[];
  /** Deviation of the noise on each feature. @defaultValue 0 */
  readonly noise?: number;
  /** Bends the subspaces by a random layer `tanh(W x)`, before the noise. @defaultValue false */
  readonly nonlinear?: boolean;
  /** Features of further modalities that are `N(0, I)` and know nothing of the clusters. @defaultValue [] */
  readonly pureNoiseDimensions?: readonly number[];
  readonly random: RandomSource;
}

/**
 * Draws paired data from a union of linear subspaces: in modality v, object i of cluster k is `B_vk a_i + noise`, with
 * random orthonormal `B_vk` and coefficients `a_i ~ N(0, I)` that all modalities share.
 *
 * Objects come in random order.
 *
 * @throws CrossmodalError `option` on a size or a width out of range.
 */
export function unionOfSubspaces(options: UnionOfSubspacesOptions): LabelledData {
  const { n, clusters, subspaceDimension: s, ambientDimensions, random } = options;
  const { noise = 0, nonlinear = false, pureNoiseDimensions = [] } = options;
  checkOptions(options, noise, pureNoiseDimensions);
  const labels = balancedLabels(n, clusters, random.fork('labels'));
  const shared = random.fork('coefficients');
  const coefficients = Float64Array.from({ length: n * s }, () => shared.normal());
  const modalities: VectorModality[] = ambientDimensions.map((d, v) => {
    const own = random.fork(`modality ${v}`);
    const bases = Array.from({ length: clusters }, () => randomBasis(s, d, own));
    const values = new Float64Array(n * d);
    for (let i = 0; i < n; i++) {
      const basis = bases[labels[i]!]!;
      for (let k = 0; k < s; k++) {
        const a = coefficients[i * s + k]!;
        for (let j = 0; j < d; j++) values[i * d + j] = values[i * d + j]! + a * basis[k * d + j]!;
      }
    }
    if (nonlinear) tanhLayer(values, d, own);
    if (noise > 0) for (let p = 0; p < values.length; p++) values[p] = values[p]! + noise * own.normal();
    return vectors(`subspaces${v + 1}`, { kind: 'dense', rows: n, columns: d, values });
  });
  pureNoiseDimensions.forEach((d, v) => {
    const own = random.fork(`noise ${v}`);
    const values = Float64Array.from({ length: n * d }, () => own.normal());
    modalities.push(vectors(`noise${v + 1}`, { kind: 'dense', rows: n, columns: d, values }));
  });
  return { data: paired(modalities), labels };
}

function checkOptions(
  options: UnionOfSubspacesOptions,
  noise: number,
  pureNoiseDimensions: readonly number[],
): void {
  const { n, clusters, subspaceDimension, ambientDimensions } = options;
  const where = 'unionOfSubspaces';
  checkCount(where, 'n', n, 1);
  checkCount(where, 'clusters', clusters, 1);
  checkRange(where, 'clusters', clusters, 1, n);
  checkCount(where, 'subspaceDimension', subspaceDimension, 1);
  checkRange(where, 'noise', noise, 0);
  if (ambientDimensions.length === 0) throw optionError(where, 'ambientDimensions', 'one at least', 'none');
  ambientDimensions.forEach((d, v) => checkCount(where, `ambientDimensions.${v}`, d, subspaceDimension));
  pureNoiseDimensions.forEach((d, v) => checkCount(where, `pureNoiseDimensions.${v}`, d, 1));
}
