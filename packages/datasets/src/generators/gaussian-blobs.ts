import { paired, vectors, type RandomSource } from '@crossmodal/core';
import { balancedLabels } from './balanced-labels.js';
import { checkCount, checkRange } from './checks.js';
import type { LabelledData } from './labelled-data.js';
import { tanhLayer } from './tanh-layer.js';

/** One modality of {@link gaussianBlobs}. */
export interface BlobModality {
  /** Name. @defaultValue `blobs1`, `blobs2`, ... */
  readonly name?: string;
  /** Features d. */
  readonly dimension: number;
  /** Root mean square distance between two centres; 0 makes a modality of pure noise. @defaultValue 6 */
  readonly separation?: number;
  /** Deviation of each feature around its centre. @defaultValue 1 */
  readonly noise?: number;
  /** Bends the points by a random layer `tanh(W x)`. @defaultValue false */
  readonly nonlinear?: boolean;
}

/** Options of {@link gaussianBlobs}. */
export interface GaussianBlobsOptions {
  /** Objects. */
  readonly n: number;
  /** Clusters, `1..n`, of sizes that differ by one at the most. */
  readonly clusters: number;
  /** The modalities; each has its own centres. */
  readonly modalities: readonly BlobModality[];
  readonly random: RandomSource;
}

/**
 * Draws paired data around Gaussian centres: in modality v, object i of cluster k is `c_vk + noise * N(0, I)`, with
 * `c_vk ~ N(0, separation^2 / (2 d) I)`, so that two centres are `separation` apart in the root mean square.
 *
 * Objects come in random order. Each modality draws from its own stream: adding one leaves the others as they were.
 *
 * @throws CrossmodalError `option` on a size or a width out of range.
 * @example
 * ```ts
 * const { data, labels } = gaussianBlobs({
 *   n: 200,
 *   clusters: 4,
 *   modalities: [{ dimension: 10 }, { dimension: 20, separation: 3 }],
 *   random: randomSource(1),
 * });
 * ```
 */
export function gaussianBlobs(options: GaussianBlobsOptions): LabelledData {
  const { n, clusters, modalities, random } = options;
  const where = 'gaussianBlobs';
  checkCount(where, 'n', n, 1);
  checkCount(where, 'clusters', clusters, 1);
  checkRange(where, 'clusters', clusters, 1, n);
  checkCount(where, 'modalities.length', modalities.length, 1);
  const labels = balancedLabels(n, clusters, random.fork('labels'));
  const drawn = modalities.map((modality, v) => {
    const { name = `blobs${v + 1}`, dimension: d, separation = 6, noise = 1, nonlinear = false } = modality;
    checkCount(where, `modalities.${v}.dimension`, d, 1);
    checkRange(where, `modalities.${v}.separation`, separation, 0);
    checkRange(where, `modalities.${v}.noise`, noise, 0);
    const own = random.fork(`modality ${v}`);
    const spread = separation / Math.sqrt(2 * d);
    const centres = Float64Array.from({ length: clusters * d }, () => spread * own.normal());
    const values = new Float64Array(n * d);
    for (let i = 0; i < n; i++) {
      const centre = labels[i]! * d;
      for (let j = 0; j < d; j++) values[i * d + j] = centres[centre + j]! + noise * own.normal();
    }
    if (nonlinear) tanhLayer(values, d, own);
    return vectors(name, { kind: 'dense', rows: n, columns: d, values });
  });
  return { data: paired(drawn), labels };
}
