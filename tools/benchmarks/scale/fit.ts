import type { Clusterer, Paired } from '@crossmodal/core';
import { accuracy, nmi } from '@crossmodal/metrics';
import { useBackend, type BackendName } from '@crossmodal/tensors';
import { methods } from '../absent-rows/methods.js';
import { scaleData, type Labelled, type ScaleSet } from './scale-data.js';

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
export interface ScaleRun extends ScaleSet {
  /** A method by the name that [absent-rows](../absent-rows/methods.ts) has for it; `C5`, `R` and `F2` are `exact` with these graphs. */
  readonly method: string;
  readonly backend: string;
}

const run = JSON.parse(process.argv[2]!) as ScaleRun;
await useBackend(run.backend as BackendName | 'auto');
const given = await scaleData(run);
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
