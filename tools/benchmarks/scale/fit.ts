import { accuracy, nmi } from '@crossmodal/metrics';
import { useBackend, type BackendName } from '@crossmodal/tensors';
import { scaleData, type Labelled, type ScaleSet } from './scale-data.js';
import { timedFit } from './timed-fit.js';

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
async function fit(whole: Labelled): Promise<ScaleResult> {
  const { fitted, ...costs } = await timedFit(run.method, whole, run.seed);
  // Kilobytes everywhere but on macOS, where they are bytes.
  const peak = process.resourceUsage().maxRSS / (process.platform === 'darwin' ? 2 ** 30 : 2 ** 20);
  const { data, labels } = whole;
  return {
    n: data.n,
    ...costs,
    peak,
    acc: accuracy(labels, fitted.labels),
    nmi: nmi(labels, fitted.labels),
  };
}
