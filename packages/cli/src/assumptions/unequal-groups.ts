import {
  denseMatrix,
  randomSource,
  type DenseMatrix,
  type MultiModalData,
  type Paired,
} from '@crossmodal/core';
import { squaredDistance } from '@crossmodal/linalg';
import { kMeans } from '@crossmodal/spectral';
import { standardise } from '@crossmodal/transforms';
import type { Warning } from '../warnings.js';

/** Objects up to which it takes no more than a small part of a fit. */
const MOST_OBJECTS = 5000;
/** How many times as large as the smallest the largest group may be. */
const UNEQUAL = 12;
/** Squared distance of a group from the nearest other, in mean squared distances inside of groups, from which it stands apart. */
const APART = 4;

/**
 * Says when a few objects stand apart from all others: graphs of self-expression give every object the same number of neighbours, so they
 * tie a small group to a large one and split the large one instead. Found by k-means on standardised features, without labels.
 */
export function unequalGroups(data: MultiModalData, clusters: number): readonly Warning[] {
  if (data.kind !== 'paired' || data.n > MOST_OBJECTS || clusters < 2 || clusters >= data.n) return [];
  const features = joined(data);
  const { labels, centroids } = kMeans(features, { clusters, random: randomSource(0), restarts: 3 });
  const sizes = new Array<number>(clusters).fill(0);
  for (const label of labels) sizes[label]!++;
  const most = Math.max(...sizes);
  const within = meanSquaredDistance(features, centroids, labels);
  const small = sizes.findIndex(
    (size, c) =>
      size > 0 &&
      most >= UNEQUAL * size &&
      nearest(centroids, c, sizes) > APART * Math.max(within, Number.MIN_VALUE),
  );
  if (small < 0) return [];
  const message =
    `a group of ${sizes[small]} objects stands apart from the others, of which the largest has ${most}: clusters of so unequal size ` +
    'may be found badly; compare with k-means, or set such objects aside.';
  return [{ code: 'unequal-clusters', message }];
}

/** Standardised features side by side, each modality weighing the same; rows that are absent are means. */
function joined({ n, modalities }: Paired): DenseMatrix<Float32Array> {
  const columns = modalities.reduce((sum, { features }) => sum + features.columns, 0);
  const values = new Float32Array(n * columns);
  let from = 0;
  for (const { features, present } of modalities) {
    const d = features.columns;
    const scaled = standardise(features, present === undefined ? {} : { present }).values;
    const weight = 1 / Math.sqrt(d);
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < d; j++) values[i * columns + from + j] = weight * scaled[i * d + j]!;
    }
    from += d;
  }
  return denseMatrix(values, n, columns);
}

function meanSquaredDistance(
  features: DenseMatrix,
  centres: DenseMatrix<Float64Array>,
  labels: Int32Array,
): number {
  const points = Float64Array.from(features.values);
  let sum = 0;
  labels.forEach((label, i) => (sum += squaredDistance(points, i, centres.values, label, features.columns)));
  return sum / labels.length;
}

/** Squared distance of a centre from the nearest of the others that have objects. */
function nearest(
  { values, columns }: DenseMatrix<Float64Array>,
  c: number,
  sizes: readonly number[],
): number {
  return Math.min(
    ...sizes.flatMap((size, other) =>
      other === c || size === 0 ? [] : [squaredDistance(values, c, values, other, columns)],
    ),
  );
}
