import { denseMatrix, type DenseMatrix } from '@crossmodal/core';
import { mergeByInformation } from '@crossmodal/spectral';
import { neighbourMeans } from './neighbour-means.js';
import type { TrainingModality } from './training-context.js';

/** Sweeps of single overclusters after merging, at most; a few are enough. */
const SWEEPS = 10;

/** Clusters made of overclusters. */
export interface MergedClusters {
  /** Shape `[n, k]`; rows sum to 1, or to 0 for objects in no modality. */
  readonly memberships: DenseMatrix<Float32Array>;
  /** Mutual information between the clusters of objects and of their neighbours, in nats. */
  readonly information: number;
}

/**
 * Merges overclusters into k clusters by what they tell about the overclusters of neighbours.
 *
 * Only overclusters that are the likeliest of some object are kept; with fewer than k of them, the k heaviest. With W the mean memberships of an
 * object's neighbours, the joint `P^T W` of those is merged so that its mutual information stays as large as it can; then single ones move to where it is
 * larger. The same information of the result tells one training start from another, without labels.
 *
 * @param over - memberships of the overclustering head, mean over modalities, shape `[n, m]`
 */
export function mergeOverclusters(
  over: DenseMatrix<Float32Array>,
  modalities: readonly TrainingModality[],
  clusters: number,
): MergedClusters {
  const kept = keptColumns(over, clusters);
  const fine = selected(over, kept);
  const labels = mergeByInformation(neighbourJoint(fine, modalities), { clusters, sweeps: SWEEPS });
  const { rows: n } = fine;
  const values = new Float32Array(n * clusters);
  for (let i = 0; i < n; i++) {
    labels.forEach((label, c) => (values[i * clusters + label]! += fine.values[i * kept.length + c]!));
  }
  const memberships = denseMatrix(values, n, clusters);
  return { memberships, information: informationOf(neighbourJoint(memberships, modalities)) };
}

function keptColumns({ rows, columns, values }: DenseMatrix<Float32Array>, least: number): number[] {
  const wins = new Float64Array(columns);
  const masses = new Float64Array(columns);
  for (let i = 0; i < rows; i++) {
    const row = values.subarray(i * columns, (i + 1) * columns);
    let best = 0;
    for (let c = 0; c < columns; c++) {
      masses[c]! += row[c]!;
      if (row[c]! > row[best]!) best = c;
    }
    if (row[best]! > 0) wins[best]!++;
  }
  const all = Array.from(masses.keys());
  const winners = all.filter((c) => wins[c]! > 0);
  if (winners.length >= least) return winners;
  return all.sort((a, b) => masses[b]! - masses[a]!).slice(0, least);
}

/** Some columns, with rows that sum to 1 again. */
function selected(
  { rows, columns, values }: DenseMatrix<Float32Array>,
  kept: readonly number[],
): DenseMatrix<Float32Array> {
  const width = kept.length;
  const chosen = new Float32Array(rows * width);
  for (let i = 0; i < rows; i++) {
    const row = kept.map((c) => values[i * columns + c]!);
    const sum = row.reduce((total, value) => total + value, 0);
    if (sum > 0)
      chosen.set(
        Float32Array.from(row, (value) => value / sum),
        i * width,
      );
  }
  return denseMatrix(chosen, rows, width);
}

/** Symmetric joint of the clusters of objects and of their neighbours, `[k, k]`; of objects with themselves where there are no neighbours. */
function neighbourJoint(
  memberships: DenseMatrix<Float32Array>,
  modalities: readonly TrainingModality[],
): DenseMatrix<Float64Array> {
  const { rows: n, columns: k, values } = memberships;
  const joint = new Float64Array(k * k);
  const near = neighbourMeans(memberships, modalities).sums.values;
  for (let i = 0; i < n; i++) {
    for (let c = 0; c < k; c++) {
      const p = values[i * k + c]!;
      if (p === 0) continue;
      for (let d = 0; d < k; d++) {
        const mass = p * near[i * k + d]!;
        joint[c * k + d]! += mass;
        joint[d * k + c]! += mass;
      }
    }
  }
  // A single object, or objects that share no modality, have no neighbours at all.
  if (joint.every((mass) => mass === 0) && modalities.some(({ neighbours }) => neighbours)) {
    return neighbourJoint(
      memberships,
      modalities.map((modality) => ({ ...modality, neighbours: undefined })),
    );
  }
  return denseMatrix(joint, k, k);
}

function informationOf({ rows: k, values }: DenseMatrix<Float64Array>): number {
  const total = values.reduce((sum, value) => sum + value, 0);
  const masses = Float64Array.from({ length: k }, (_, c) =>
    values.subarray(c * k, (c + 1) * k).reduce((sum, value) => sum + value / total, 0),
  );
  let information = 0;
  values.forEach((value, q) => {
    const p = value / total;
    if (p > 0) information += p * Math.log(p / (masses[Math.floor(q / k)]! * masses[q % k]!));
  });
  return information;
}
