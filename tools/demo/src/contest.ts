import type { Matrix } from '@crossmodal/core';
import { evaluate, type Evaluation } from '@crossmodal/metrics';

/** What one run of a method gives. */
export interface Clustering {
  readonly labels: Int32Array;
  readonly affinity?: Matrix;
}

/** A method that takes part. */
export interface Contestant {
  readonly name: string;
  /** The modalities it sees. */
  readonly sees: string;
  /** Whether it is a method of this library, rather than a comparison. */
  readonly ours: boolean;
  cluster(seed: number, tell: (text: string) => void): Promise<Clustering>;
}

/** One run of a contestant. */
export interface Run extends Clustering {
  readonly seed: number;
  readonly scores: Evaluation;
  readonly seconds: number;
}

/** A contestant and its runs, in the order of the seeds. */
export interface Standing {
  readonly contestant: Contestant;
  readonly runs: readonly Run[];
}

/** Lets a contestant run once a seed, and scores each run against the true classes, which it does not see. */
export async function contest(
  contestant: Contestant,
  seeds: readonly number[],
  classes: Int32Array,
  say: (text: string) => void,
): Promise<Standing> {
  const runs: Run[] = [];
  for (const seed of seeds) {
    const title = `${contestant.name} (${contestant.sees}), seed ${seed}`;
    const start = performance.now();
    const clustering = await contestant.cluster(seed, (text) => say(`${title}: ${text}`));
    const seconds = (performance.now() - start) / 1000;
    const scores = evaluate(classes, clustering.labels);
    say(`${title}: ACC ${scores.acc.toFixed(3)} in ${seconds.toFixed(1)} s`);
    runs.push({ ...clustering, seed, scores, seconds });
  }
  return { contestant, runs };
}

/** Mean and standard deviation of a figure over the runs. */
export function overRuns(
  { runs }: Standing,
  figure: (run: Run) => number,
): { readonly mean: number; readonly std: number } {
  const values = runs.map(figure);
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return {
    mean,
    std: Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length),
  };
}
