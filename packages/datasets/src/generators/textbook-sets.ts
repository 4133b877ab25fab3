import type { RandomSource } from '@crossmodal/core';
import { blobsAround } from './blobs-around.js';
import type { LabelledData } from './labelled-data.js';
import { twoCircles } from './two-circles.js';
import { twoMoons } from './two-moons.js';

/** A set of {@link textbookSets}. */
export interface TextbookSet extends LabelledData {
  readonly name: 'blobs' | 'moons' | 'circles' | 'varied' | 'aniso';
  /** Number of clusters. */
  readonly clusters: number;
}

/** Options of {@link textbookSets}. */
export interface TextbookSetsOptions {
  /** Objects of each set. @defaultValue 500 */
  readonly n?: number;
  readonly random: RandomSource;
}

/** Centres of `make_blobs` with `random_state` 8, which scikit-learn's page draws its blobs around. */
const APART = [
  [7.469, 9.371],
  [7.384, 0.617],
  [-5.345, -9.772],
];
/** Those with 170, for unequal and sheared blobs: two of them are 7 apart, and 6.5. */
const NEAR = [
  [-8.947, -5.463],
  [-4.589, 0.089],
  [1.939, 0.505],
];

/**
 * Draws the sets of the plane with which scikit-learn's documentation compares clustering methods, with its parameters: three blobs; two moons
 * and two circles with noise 0.05; three blobs of deviations 1, 2.5 and 0.5 (`varied`); three blobs, sheared (`aniso`). Each has its own
 * stream.
 *
 * @throws CrossmodalError `option` when `n` is below 3.
 * @see https://scikit-learn.org/stable/auto_examples/cluster/plot_cluster_comparison.html
 * @example
 * ```ts
 * const sets = textbookSets({ n: 90, random: randomSource(1) });
 * console.log(sets.map(({ name }) => name)); // blobs, moons, circles, varied, aniso
 * ```
 */
export function textbookSets({ n = 500, random }: TextbookSetsOptions): readonly TextbookSet[] {
  const around = (
    name: 'blobs' | 'varied' | 'aniso',
    options: Omit<Parameters<typeof blobsAround>[0], 'n' | 'random'>,
  ): TextbookSet => ({
    name,
    clusters: options.centres.length,
    ...blobsAround({ ...options, n, random: random.fork(name) }),
  });
  return [
    around('blobs', { centres: APART }),
    { name: 'moons', clusters: 2, ...twoMoons({ n, random: random.fork('moons') }) },
    { name: 'circles', clusters: 2, ...twoCircles({ n, random: random.fork('circles') }) },
    around('varied', { centres: NEAR, deviations: [1, 2.5, 0.5] }),
    around('aniso', {
      centres: NEAR,
      transformation: [
        [0.6, -0.6],
        [-0.4, 0.8],
      ],
    }),
  ];
}
