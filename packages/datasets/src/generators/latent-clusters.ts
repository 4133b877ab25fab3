import { paired, vectors, type RandomSource } from '@crossmodal/core';
import { balancedLabels } from './balanced-labels.js';
import { checkCount, checkRange } from './checks.js';
import type { LabelledData } from './labelled-data.js';
import { tanhLayer } from './tanh-layer.js';

/** One modality of {@link latentClusters}. */
export interface LatentModality {
  /** Name. @defaultValue `view1`, `view2`, ... */
  readonly name?: string;
  /** Features d. */
  readonly dimension: number;
  /** Deviation of the noise on each feature, whose values lie in -1..1. @defaultValue 0.1 */
  readonly noise?: number;
  /** Whether it sees the clusters; otherwise it maps points that have none, of the same mean and covariance. @defaultValue true */
  readonly informative?: boolean;
}

/** Options of {@link latentClusters}. */
export interface LatentClustersOptions {
  /** Objects. */
  readonly n: number;
  /** Clusters, `1..n`, of sizes that differ by one at the most. */
  readonly clusters: number;
  /** Dimension q of the latent points. @defaultValue 5 */
  readonly latentDimension?: number;
  /** Distance that two latent centres keep at least, in deviations of a cluster. @defaultValue 6 */
  readonly separation?: number;
  readonly modalities: readonly LatentModality[];
  readonly random: RandomSource;
}

/** Draws of a centre before the space it is drawn from grows. */
const ATTEMPTS = 50;

/**
 * Draws paired data that embed one latent mixture in each modality by a nonlinear map of its own:
 * `z_i ~ N(c_k, I)` for an object of cluster k, and `x_vi = tanh(B_v tanh(A_v z_i / s)) + noise N(0, I)`, where s is the root mean
 * square of z, and the random matrices `A_v`, `B_v` have entries of variance `1 / q` and `1 / d`.
 *
 * The geometry of the clusters is the same in all informative modalities, up to the bends, so that methods for mixed data can match them.
 * Objects come in random order.
 *
 * @throws CrossmodalError `option` on a size or a width out of range.
 * @example
 * ```ts
 * const { data, labels } = latentClusters({
 *   n: 200,
 *   clusters: 4,
 *   modalities: [{ dimension: 30 }, { dimension: 20, informative: false }],
 *   random: randomSource(1),
 * });
 * ```
 */
export function latentClusters(options: LatentClustersOptions): LabelledData {
  const { n, clusters, latentDimension: q = 5, separation = 6, modalities, random } = options;
  const where = 'latentClusters';
  checkCount(where, 'n', n, 1);
  checkCount(where, 'clusters', clusters, 1);
  checkRange(where, 'clusters', clusters, 1, n);
  checkCount(where, 'latentDimension', q, 1);
  checkRange(where, 'separation', separation, 0);
  checkCount(where, 'modalities.length', modalities.length, 1);
  modalities.forEach(({ dimension, noise = 0.1 }, v) => {
    checkCount(where, `modalities.${v}.dimension`, dimension, 1);
    checkRange(where, `modalities.${v}.noise`, noise, 0);
  });
  const labels = balancedLabels(n, clusters, random.fork('labels'));
  const centres = separateCentres(clusters, q, separation, random.fork('centres'));
  const points = random.fork('points');
  const latent = Float64Array.from(
    { length: n * q },
    (_, p) => centres[labels[Math.floor(p / q)]! * q + (p % q)]! + points.normal(),
  );
  const { mean, factor, scale } = moments(latent, n, q);
  const drawn = modalities.map((modality, v) => {
    const { name = `view${v + 1}`, dimension: d, noise = 0.1, informative = true } = modality;
    const own = random.fork(`modality ${v}`);
    const seen = informative ? latent : gaussianLike(mean, factor, n, q, own);
    const values = wideLayer(seen, n, q, d, scale, own);
    tanhLayer(values, d, own);
    for (let p = 0; p < values.length; p++) values[p]! += noise * own.normal();
    return vectors(name, { kind: 'dense', rows: n, columns: d, values });
  });
  return { data: paired(drawn), labels };
}

/** Centres `[k, q]` that are all at least `separation` apart, as close together as draws allow. */
function separateCentres(k: number, q: number, separation: number, random: RandomSource): Float64Array {
  const centres = new Float64Array(k * q);
  let spread = separation / Math.sqrt(2 * q);
  for (let c = 0, attempt = 0; c < k;) {
    for (let j = 0; j < q; j++) centres[c * q + j] = spread * random.normal();
    let apart = true;
    for (let other = 0; other < c && apart; other++) {
      let squared = 0;
      for (let j = 0; j < q; j++) squared += (centres[c * q + j]! - centres[other * q + j]!) ** 2;
      apart = squared >= separation * separation;
    }
    if (apart) {
      c++;
      attempt = 0;
    } else if (++attempt === ATTEMPTS) {
      spread *= 1.1;
      attempt = 0;
    }
  }
  return centres;
}

/** Mean, Cholesky factor of the covariance and root mean square of points `[n, q]`. */
function moments(points: Float64Array, n: number, q: number) {
  const mean = new Float64Array(q);
  points.forEach((value, p) => {
    mean[p % q]! += value / n;
  });
  const factor = new Float64Array(q * q);
  for (let a = 0; a < q; a++)
    for (let b = 0; b <= a; b++) {
      let sum = 0;
      for (let i = 0; i < n; i++)
        sum += ((points[i * q + a]! - mean[a]!) * (points[i * q + b]! - mean[b]!)) / n;
      for (let j = 0; j < b; j++) sum -= factor[a * q + j]! * factor[b * q + j]!;
      // Fewer points than dimensions have a covariance of low rank: what is left of a pivot is rounding then.
      const pivot = factor[b * q + b]!;
      factor[a * q + b] = a === b ? Math.sqrt(Math.max(sum, 0)) : pivot > 1e-9 ? sum / pivot : 0;
    }
  const scale = Math.sqrt(points.reduce((sum, value) => sum + value * value, 0) / (n * q)) || 1;
  return { mean, factor, scale };
}

/** Points `[n, q]` of one Gaussian of the given mean and Cholesky factor. */
function gaussianLike(
  mean: Float64Array,
  factor: Float64Array,
  n: number,
  q: number,
  random: RandomSource,
): Float64Array {
  const points = new Float64Array(n * q);
  for (let i = 0; i < n; i++) {
    const row = Float64Array.from({ length: q }, () => random.normal());
    for (let a = 0; a < q; a++) {
      let sum = mean[a]!;
      for (let b = 0; b <= a; b++) sum += factor[a * q + b]! * row[b]!;
      points[i * q + a] = sum;
    }
  }
  return points;
}

/** `tanh(A z / scale)`, shape `[n, d]`. */
function wideLayer(
  points: Float64Array,
  n: number,
  q: number,
  d: number,
  scale: number,
  random: RandomSource,
): Float64Array {
  const weights = Float64Array.from({ length: d * q }, () => random.normal() / (scale * Math.sqrt(q)));
  const values = new Float64Array(n * d);
  for (let i = 0; i < n; i++)
    for (let j = 0; j < d; j++) {
      let sum = 0;
      for (let k = 0; k < q; k++) sum += weights[j * q + k]! * points[i * q + k]!;
      values[i * d + j] = Math.tanh(sum);
    }
  return values;
}
