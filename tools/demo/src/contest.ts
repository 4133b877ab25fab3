import type { Matrix, Paired } from '@crossmodal/core';
import { evaluate, type Evaluation } from '@crossmodal/metrics';

/** What one run of a method gives. */
export interface Clustering {
  readonly labels: Int32Array;
  readonly affinity?: Matrix;
}

/** Who takes part. */
export interface Entrant {
  readonly name: string;
  /** The modalities it sees. */
  readonly sees: string;
  /** Whether it is a method of this library, rather than a comparison. */
  readonly ours: boolean;
}

/** A method that takes part. */
export interface Contestant extends Entrant {
  /** Clusters once; what it tells is how far it is, in a few words. */
  cluster(data: Paired, seed: number, tell: (text: string) => void): Promise<Clustering>;
}

/** One run of a method. */
export interface Run extends Clustering {
  readonly seed: number;
  readonly scores: Evaluation;
  readonly seconds: number;
}

/** A method and its runs, in the order of the seeds. */
export interface Standing extends Entrant {
  readonly runs: readonly Run[];
}

/** Lets a method cluster once, and scores it against the true classes, which it does not see. */
export async function compete(
  contestant: Contestant,
  data: Paired,
  classes: Int32Array,
  seed: number,
  tell: (text: string) => void,
): Promise<Run> {
  const start = performance.now();
  const { labels, affinity } = await contestant.cluster(data, seed, tell);
  const seconds = (performance.now() - start) / 1000;
  const scores = evaluate(classes, labels);
  return { labels, ...(affinity === undefined ? {} : { affinity }), seed, scores, seconds };
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
