import assert from 'node:assert/strict';
import {
  randomSource,
  type Clusterer,
  type FittedClusterer,
  type Modality,
  type Paired,
} from '@crossmodal/core';
import { nearestMeans } from '../matchers/nearest-means.js';
import { bestNaming } from '../matchers/best-naming.js';
import { permuteRows } from '../samples/permute-rows.js';

/** Complete data with known clusters, which each modality tells by itself. */
export interface PlantedData {
  /** How it was drawn, for messages. */
  readonly name: string;
  /** No row absent; the first half is fitted, the second half predicted. */
  readonly data: Paired;
  /** Cluster of each object, in `0..clusters-1`. */
  readonly truth: ArrayLike<number>;
  readonly clusters: number;
  /** Share of the fitted rows that lack each modality in turn, one per modality. */
  readonly rates: readonly number[];
}

/** Options of {@link placesLackingRows}. */
export interface PlacesLackingRowsOptions {
  /** Seed of the fits, and of which rows lack a modality. @defaultValue 0 */
  readonly seed?: number;
}

/** How far below the reference an accuracy may be. */
const TOLERANCE = 0.03;
/** The least that a reference must be: with less, the data tell nothing about the method. */
const CLEAR = 0.95;

/**
 * Checks that rows that lack a modality are placed as well as the remaining modalities allow, in fit and in predict: for each modality in turn,
 * their accuracy is at most 3 points below the reference. The labels serve to score alone, and clusters are named by all
 * rows of the fit.
 *
 * The reference is the smaller of two accuracies on the same rows. The first is that of the nearest class mean in the remaining
 * modalities, which knows the classes. The second is that of the same method where no row lacks anything. Both must be 0.95 or more.
 *
 * @throws AssertionError naming the modality, the rate and both accuracies.
 */
export async function placesLackingRows(
  make: () => Clusterer<Paired>,
  { name, data, truth, clusters, rates }: PlantedData,
  options: PlacesLackingRowsOptions = {},
): Promise<void> {
  const { seed = 0 } = options;
  const n = Math.floor(data.n / 2);
  const rows = Array.from({ length: n }, (_, i) => i);
  const [known, fresh] = [
    permuteRows(data, rows),
    permuteRows(
      data,
      rows.map((i) => n + i),
    ),
  ];
  const knownTruth = Array.from(rows, (i) => truth[i]!);
  const freshTruth = Array.from(rows, (i) => truth[n + i]!);

  /** Whether the fitted rows, and the new ones, are in the clusters of the truth. */
  const score = async (training: Paired, later: Paired): Promise<readonly [boolean[], boolean[]]> => {
    const fit: FittedClusterer<Paired> = await make().fit(training, { clusters, seed });
    try {
      const naming = bestNaming(fit.labels, knownTruth, clusters);
      const predicted = await fit.predict(later);
      return [
        knownTruth.map((label, i) => naming[fit.labels[i]!] === label),
        freshTruth.map((label, i) => naming[predicted[i]!] === label),
      ];
    } finally {
      fit.dispose();
    }
  };

  const complete = await score(known, fresh);
  for (const [v, modality] of data.modalities.entries()) {
    const rest = data.modalities.filter((_, u) => u !== v);
    const means = nearestMeans(rest, knownTruth, clusters);
    const rate = rates[v]!;
    const order = randomSource(seed).fork(`lacking ${v}`).permutation(n);
    const gone = [...order.subarray(0, Math.round(rate * n))];
    const found = await score(lacking(known, v, gone), lacking(fresh, v, rows));
    const checks = [
      { where: 'fit', placed: found[0], whole: complete[0], picked: gone, offset: 0 },
      { where: 'predict', placed: found[1], whole: complete[1], picked: rows, offset: n },
    ];
    for (const { where, placed, whole, picked, offset } of checks) {
      const share = (right: (i: number) => boolean) => picked.filter(right).length / picked.length;
      const allowed = share((i) => means[offset + i] === truth[offset + i]);
      const usual = share((i) => whole[i]!);
      const reference = `the nearest mean in other modalities gives ${allowed}, complete data ${usual}`;
      const title = `${name}: ${where}, rows without '${modality.name}', rate ${rate}`;
      assert.ok(Math.min(allowed, usual) >= CLEAR, `${title}: ${reference}, below ${CLEAR}`);
      const accuracy = share((i) => placed[i]!);
      const least = Math.min(allowed, usual) - TOLERANCE;
      assert.ok(accuracy >= least, `${title}: accuracy ${accuracy}; ${reference}`);
    }
  }
}

/** The data with some rows of modality `v` absent. */
function lacking(data: Paired, v: number, rows: readonly number[]): Paired {
  const without = (modality: Modality): Modality => {
    const { columns } = modality.features;
    const present = new Uint8Array(data.n).fill(1);
    const values = modality.features.values.slice();
    for (const i of rows) {
      present[i] = 0;
      values.fill(0, i * columns, (i + 1) * columns);
    }
    return { ...modality, features: { ...modality.features, values }, present };
  };
  return {
    ...data,
    modalities: data.modalities.map((modality, u) => (u === v ? without(modality) : modality)),
  };
}
