import type { Evaluation } from '@crossmodal/metrics';

/** Mean and standard deviation of each score over runs; the deviation divides by the number of runs, so that of one run is 0. */
export function meanAndDeviation(runs: readonly Evaluation[]): {
  readonly mean: Evaluation;
  readonly std: Evaluation;
} {
  const mean: Record<string, number> = {};
  const std: Record<string, number> = {};
  for (const key of Object.keys(runs[0]!) as (keyof Evaluation)[]) {
    const values = runs.map((run) => run[key]);
    const centre = values.reduce((sum, value) => sum + value, 0) / values.length;
    mean[key] = centre;
    std[key] = Math.sqrt(values.reduce((sum, value) => sum + (value - centre) ** 2, 0) / values.length);
  }
  return { mean: mean as unknown as Evaluation, std: std as unknown as Evaluation };
}
