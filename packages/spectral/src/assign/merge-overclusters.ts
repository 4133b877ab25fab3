import { checkInteger, CrossmodalError, denseMatrix, type DenseMatrix } from '@crossmodal/core';
import { checkFinite } from '@crossmodal/linalg';
import { refuseValue } from '../checks/refuse-value.js';
import { jointInformation } from './joint-information.js';
import { mergeByInformation } from './merge-by-information.js';
import { prevalentColumns } from './prevalent-columns.js';

/** Options of {@link mergeOverclusters}. */
export interface MergeOverclustersOptions {
  /** Clusters that are left, `1..m`. */
  readonly clusters: number;
  /**
   * Mean rows over the neighbours of each object, from rows `[n, d]` to rows `[n, d]`, such as `neighbourMeans` of `@crossmodal/self-expressive`
   * gives; zeros for an object that has no neighbours.
   *
   * @defaultValue every object is its own neighbour
   */
  readonly neighbourMeans?: (rows: DenseMatrix) => DenseMatrix;
  /** Sweeps in which single overclusters move to a cluster that suits them better, at most. @defaultValue 10 */
  readonly sweeps?: number;
}

/** Clusters made of overclusters. */
export interface MergedClusters {
  /** Shape `[n, clusters]`; rows sum to 1, or to 0 where those of the overclusters did. */
  readonly memberships: DenseMatrix<Float32Array>;
  /** Mutual information between the clusters of objects and of their neighbours, in nats. */
  readonly information: number;
}

/**
 * Merges overclusters into k clusters by what they tell about the overclusters of neighbours.
 *
 * Only overclusters that are the likeliest of some object are kept; with fewer than k of them, the k heaviest. With P the memberships and W their
 * means over neighbours, the joint `P^T W + W^T P` is merged by {@link mergeByInformation}. The information of the result compares several
 * trainings without labels: more is better.
 *
 * @param overclusters - P, memberships of many small clusters, shape `[n, m]`, not negative
 * @throws CrossmodalError `value` on memberships that are negative, not finite, or all zeros; `option` when `clusters` is not in `1..m` or `sweeps` is
 * negative; `shape` when `neighbourMeans` gives another shape than it is given.
 * @example
 * ```ts
 * // Two small clusters in each half; the neighbour of each object is the next one of its half.
 * const small = fromRows([[1, 0, 0, 0], [0, 1, 0, 0], [0, 0, 1, 0], [0, 0, 0, 1]]);
 * const neighbourMeans = ({ columns, values }: DenseMatrix) =>
 *   fromRows([1, 0, 3, 2].map((j) => [...values.subarray(j * columns, (j + 1) * columns)]));
 * const { memberships, information } = mergeOverclusters(small, { clusters: 2, neighbourMeans });
 * // rows [1, 0], [1, 0], [0, 1], [0, 1]; log 2
 * ```
 */
export function mergeOverclusters(
  overclusters: DenseMatrix,
  { clusters, neighbourMeans, sweeps = 10 }: MergeOverclustersOptions,
): MergedClusters {
  const where = 'mergeOverclusters';
  checkFinite(where, overclusters.values);
  checkInteger(where, 'clusters', clusters, { minimum: 1, maximum: overclusters.columns });
  if (overclusters.values.some((value) => value < 0))
    refuseValue(where, 'memberships of 0 or more', 'a negative one');
  if (overclusters.values.every((value) => value === 0)) refuseValue(where, 'a positive membership', 'zeros');
  const kept = prevalentColumns(overclusters, clusters);
  const fine = selectColumns(overclusters, kept);
  const labels = mergeByInformation(neighbourJoint(fine, neighbourMeans), { clusters, sweeps });
  const { rows: n } = fine;
  const values = new Float32Array(n * clusters);
  for (let i = 0; i < n; i++) {
    labels.forEach((label, c) => (values[i * clusters + label]! += fine.values[i * kept.length + c]!));
  }
  const memberships = denseMatrix(values, n, clusters);
  return { memberships, information: jointInformation(neighbourJoint(memberships, neighbourMeans)) };
}

/** Some columns, with rows that sum to 1 again. */
function selectColumns(
  { rows, columns, values }: DenseMatrix,
  kept: readonly number[],
): DenseMatrix<Float32Array> {
  const width = kept.length;
  const chosen = new Float32Array(rows * width);
  for (let i = 0; i < rows; i++) {
    const row = kept.map((c) => values[i * columns + c]!);
    const sum = row.reduce((total, value) => total + value, 0);
    if (sum === 0) continue;
    row.forEach((value, c) => (chosen[i * width + c] = value / sum));
  }
  return denseMatrix(chosen, rows, width);
}

/** Symmetric joint of the clusters of objects and of their neighbours, `[k, k]`; of objects with themselves where nobody has neighbours. */
function neighbourJoint(
  memberships: DenseMatrix<Float32Array>,
  neighbourMeans: MergeOverclustersOptions['neighbourMeans'],
): DenseMatrix<Float64Array> {
  const near = neighbourMeans === undefined ? memberships : neighbourMeans(memberships);
  if (near.rows !== memberships.rows || near.columns !== memberships.columns) {
    throw new CrossmodalError({
      code: 'shape',
      where: "mergeOverclusters option 'neighbourMeans'",
      expected: `means [${memberships.rows}, ${memberships.columns}]`,
      received: `[${near.rows}, ${near.columns}]`,
    });
  }
  const joint = symmetricJoint(memberships, near);
  return joint.values.some((mass) => mass !== 0) ? joint : symmetricJoint(memberships, memberships);
}

/** `P^T W + W^T P`. */
function symmetricJoint(p: DenseMatrix, w: DenseMatrix): DenseMatrix<Float64Array> {
  const { rows: n, columns: k } = p;
  const joint = new Float64Array(k * k);
  for (let i = 0; i < n; i++) {
    for (let c = 0; c < k; c++) {
      const own = p.values[i * k + c]!;
      if (own === 0) continue;
      for (let d = 0; d < k; d++) {
        const mass = own * w.values[i * k + d]!;
        joint[c * k + d]! += mass;
        joint[d * k + c]! += mass;
      }
    }
  }
  return denseMatrix(joint, k, k);
}
