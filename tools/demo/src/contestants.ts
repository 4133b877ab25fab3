import {
  denseMatrix,
  randomSource,
  type Clusterer,
  type DenseMatrix,
  type FitOptions,
  type Mixed,
  type Modality,
  type Paired,
} from '@crossmodal/core';
import { createCmscDcca } from '@crossmodal/cmsc-dcca';
import { mixModalities } from '@crossmodal/datasets';
import { createDm2c } from '@crossmodal/dm2c';
import { createDmim } from '@crossmodal/dmim';
import { createDmsc } from '@crossmodal/dmsc';
import { createEamc } from '@crossmodal/eamc';
import { createExact } from '@crossmodal/exact';
import { kMeans } from '@crossmodal/spectral';
import type { Contestant } from './contest.js';

const CLUSTERS = 10;
/** Starts of k-means on features; more change its scores by less than the seeds do. */
const STARTS = 3;
/** A fit tells how far it is this often, in milliseconds. */
const TELL_INTERVAL = 250;

/** Everyone who takes part: k-means on each modality and on both, then the methods of this library with their default options. */
export const CONTESTANTS: readonly Contestant[] = [
  kMeansOn('pixels', ({ modalities }) => modalities[0]!.features),
  kMeansOn('HOG', ({ modalities }) => modalities[1]!.features),
  kMeansOn('both', ({ modalities }) => sideBySide(modalities)),
  method(createExact()),
  method(createDmsc()),
  method(createEamc()),
  method(createCmscDcca()),
  method(createDmim()),
  mixedMethod(createDm2c()),
];

function kMeansOn(sees: string, features: (data: Paired) => DenseMatrix): Contestant {
  return {
    name: 'k-means',
    sees,
    ours: false,
    async cluster(data, seed) {
      return kMeans(features(data), { clusters: CLUSTERS, random: randomSource(seed), restarts: STARTS });
    },
  };
}

function method(clusterer: Clusterer<Paired>): Contestant {
  return {
    name: clusterer.method,
    sees: 'both',
    ours: true,
    async cluster(data, seed, tell) {
      const fitted = await clusterer.fit(data, fitOptions(seed, tell));
      const { labels, affinity } = fitted;
      fitted.dispose();
      return { labels, ...(affinity === undefined ? {} : { affinity }) };
    },
  };
}

/** A method for mixed data: it sees each digit in one of the modalities. */
function mixedMethod(clusterer: Clusterer<Mixed>): Contestant {
  return {
    name: clusterer.method,
    sees: 'pixels or HOG',
    ours: true,
    async cluster(data, seed, tell) {
      const { data: mixed, objects } = mixModalities(data, { random: randomSource(seed) });
      const fitted = await clusterer.fit(mixed, fitOptions(seed, tell));
      const labels = new Int32Array(data.n);
      objects.forEach((object, row) => {
        labels[object] = fitted.labels[row]!;
      });
      fitted.dispose();
      return { labels };
    },
  };
}

function fitOptions(seed: number, tell: (text: string) => void): FitOptions {
  let last = performance.now();
  return {
    clusters: CLUSTERS,
    seed,
    onProgress: ({ phase, step, steps }) => {
      if (performance.now() - last < TELL_INTERVAL) return;
      last = performance.now();
      tell(`${phase} ${step}/${steps}`);
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
    const scale = 1 / meanRowNorm(features);
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < features.columns; j++)
        values[i * columns + offset + j] = features.values[i * features.columns + j]! * scale;
    }
    offset += features.columns;
  }
  return denseMatrix(values, n, columns);
}

function meanRowNorm({ values, rows, columns }: DenseMatrix): number {
  let norms = 0;
  for (let i = 0; i < rows; i++) {
    let squares = 0;
    for (let j = 0; j < columns; j++) squares += values[i * columns + j]! ** 2;
    norms += Math.sqrt(squares);
  }
  return norms / rows;
}
