import {
  denseMatrix,
  paired,
  randomSource,
  type Clusterer,
  type DenseMatrix,
  type Modality,
  type Paired,
} from '@crossmodal/core';
import { createExact } from '@crossmodal/exact';
import { kMeans } from '@crossmodal/spectral';
import type { Contestant } from './contest.js';

const CLUSTERS = 10;
/** Starts of k-means on features; more change its scores by less than the seeds do. */
const STARTS = 3;
/** A fit tells how far it is this often, in milliseconds. */
const TELL_INTERVAL = 3000;

/** Everyone who takes part: k-means on each modality and on both, then the methods of this library with their default options. */
export function contestants(modalities: readonly Modality[]): readonly Contestant[] {
  const data = paired(modalities);
  return [
    ...modalities.map((modality) => kMeansOn(modality.name, modality.features)),
    kMeansOn('both', sideBySide(modalities)),
    method(createExact(), data),
  ];
}

function kMeansOn(sees: string, features: DenseMatrix): Contestant {
  return {
    name: 'k-means',
    sees,
    ours: false,
    cluster: (seed) =>
      Promise.resolve(kMeans(features, { clusters: CLUSTERS, random: randomSource(seed), restarts: STARTS })),
  };
}

function method(clusterer: Clusterer<Paired>, data: Paired): Contestant {
  return {
    name: clusterer.method,
    sees: 'both',
    ours: true,
    async cluster(seed, tell) {
      let last = performance.now();
      const fitted = await clusterer.fit(data, {
        clusters: CLUSTERS,
        seed,
        onProgress: ({ phase, step, steps }) => {
          if (performance.now() - last < TELL_INTERVAL) return;
          last = performance.now();
          tell(`${phase} ${step}/${steps}`);
        },
      });
      const { labels, affinity } = fitted;
      fitted.dispose();
      return { labels, ...(affinity === undefined ? {} : { affinity }) };
    },
  };
}

/** Modalities as one matrix, each divided by its mean row norm, so that none drowns the others. */
function sideBySide(modalities: readonly Modality[]): DenseMatrix {
  const n = modalities[0]!.features.rows;
  const columns = modalities.reduce((sum, modality) => sum + modality.features.columns, 0);
  const values = new Float32Array(n * columns);
  let offset = 0;
  for (const { features } of modalities) {
    let norms = 0;
    for (let i = 0; i < n; i++) norms += Math.hypot(...row(features, i)) / n;
    for (let i = 0; i < n; i++)
      values.set(
        row(features, i).map((value) => value / norms),
        i * columns + offset,
      );
    offset += features.columns;
  }
  return denseMatrix(values, n, columns);
}

function row({ columns, values }: DenseMatrix, i: number) {
  return values.subarray(i * columns, (i + 1) * columns);
}
