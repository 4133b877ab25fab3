import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { randomSource, selectRows, type Clusterer, type Paired } from '@crossmodal/core';
import { latentClusters, loadMnist } from '@crossmodal/datasets';
import { accuracy, nmi } from '@crossmodal/metrics';
import { useBackend, type BackendName } from '@crossmodal/tensors';
import { methods } from '../absent-rows/methods.js';

/** What one fit took, and how good it is. */
export interface ScaleResult {
  readonly n: number;
  readonly seconds: number;
  /** Of all threads. */
  readonly processorSeconds: number;
  /** Peak of the whole process, GiB. */
  readonly peak: number;
  readonly acc: number;
  readonly nmi: number;
}

/** A fit: the arguments of this file, in their order. */
export interface ScaleRun {
  /** `mnist-hog`: pixels and HOG; `mnist-edges`: pixels and Sobel edges; `generated`: 20 bent clusters in two modalities of 64 features. */
  readonly set: string;
  /** A method by the name that [absent-rows](../absent-rows/methods.ts) has for it; `C5`, `R` and `F2` are `exact` with these graphs. */
  readonly method: string;
  readonly n: number;
  readonly seed: number;
  readonly backend: string;
}

interface Labelled {
  readonly data: Paired;
  readonly labels: ArrayLike<number | string>;
}

const run = JSON.parse(process.argv[2]!) as ScaleRun;
await useBackend(run.backend as BackendName | 'auto');
const given = await dataOf(run);
console.log(JSON.stringify(given === undefined ? null : await fit(given)));

/** Fits; labels are for the scores alone. */
async function fit({ data, labels }: Labelled): Promise<ScaleResult> {
  const start = performance.now();
  const before = process.cpuUsage();
  const fitted = await methodOf(run.method).fit(data, {
    clusters: new Set(Array.from(labels)).size,
    seed: run.seed,
    onProgress: ({ note }) => void (note !== undefined && console.error(note)),
  });
  const { user, system } = process.cpuUsage(before);
  // Kilobytes everywhere but on macOS, where they are bytes.
  const peak = process.resourceUsage().maxRSS / (process.platform === 'darwin' ? 2 ** 30 : 2 ** 20);
  return {
    n: data.n,
    seconds: (performance.now() - start) / 1000,
    processorSeconds: (user + system) / 1e6,
    peak,
    acc: accuracy(labels, fitted.labels),
    nmi: nmi(labels, fitted.labels),
  };
}

function methodOf(name: string): Clusterer<Paired> {
  const create = methods[name];
  if (create !== undefined) return create();
  throw new Error(`--methods: expected ${Object.keys(methods).join(', ')}, got ${name}`);
}

async function dataOf({ set, n, seed }: ScaleRun): Promise<Labelled | undefined> {
  const random = randomSource(seed);
  if (set === 'generated') {
    const modalities = [{ dimension: 64 }, { dimension: 64 }];
    return latentClusters({ n, clusters: 20, modalities, random: random.fork('generated') });
  }
  if (set !== 'mnist-hog' && set !== 'mnist-edges')
    throw new Error(`--set: expected mnist-hog, mnist-edges or generated, got ${set}`);
  const root = process.env['CROSSMODAL_DATA'] ?? join(import.meta.dirname, '../../../../shared/data');
  if (!existsSync(join(root, 'mnist'))) return undefined;
  const companion = set === 'mnist-hog' ? 'hog' : 'edges';
  const { data, labels } = await loadMnist(join(root, 'mnist'), { split: 'all', companion });
  const rows = random.fork('rows').permutation(data.n).slice(0, n).sort();
  return { data: selectRows(data, rows), labels: Int32Array.from(rows, (i) => Number(labels[i]!)) };
}
