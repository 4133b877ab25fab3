import type { HistoryEntry } from '@crossmodal/core';
import { objective } from '@crossmodal/losses';
import { sinkhornKnopp } from '@crossmodal/spectral';
import { compile } from '@crossmodal/tensors';
import { adam, constant, cosine, fitLoop, trainingStep, type SampleArray } from '@crossmodal/training';
import { outputReader } from './read-outputs.js';
import { sampleArray, trainingBatches } from './training-batches.js';
import type { History, TrainingContext, TrainingModality } from './training-context.js';
import { trainingTerms } from './training-terms.js';

/** Sinkhorn's scaling ends at this error or after this many rounds, as in the public code. */
const SCALING = { tolerance: 1e-2, maxIterations: 75 };

/**
 * Maximises Eq. 14 by Adam, on batches of objects.
 *
 * With balanced targets the training comes in stages: every `refreshEvery` steps the memberships of all objects are scaled to even clusters.
 */
export async function trainDmim(context: TrainingContext): Promise<History> {
  const { network, options, modalities, signal, onProgress } = context;
  const { steps, refreshEvery, learningRate } = options;
  if (steps === 0) return [];
  const n = modalities[0]!.features.rows;
  const batchSize = sizeOfBatch(n, options.batchSize);
  const schedule =
    options.preset === 'paper' ? constant(learningRate) : cosine({ rate: learningRate, steps });
  const training = trainingStep({
    groups: [{ modules: [network], optimiser: adam() }],
    objective: (inputs) => objective(trainingTerms(context, inputs)),
  });
  const step = compile(training.step);
  const reader = outputReader(network);
  const history: HistoryEntry[] = [];
  try {
    const staged = options.uniform === 'targets';
    for (let first = 0; first < steps; first += staged ? refreshEvery : steps) {
      const targets = staged ? await balancedTargets(context, reader) : undefined;
      const outcome = await fitLoop({
        step,
        batches: trainingBatches(context, { first, batchSize, targets }),
        steps: staged ? Math.min(refreshEvery, steps - first) : steps,
        stage: { first, total: steps },
        schedule,
        checkpoint: { modules: [network, training] },
        ...(signal ? { signal } : {}),
        ...(onProgress ? { onProgress } : {}),
      });
      history.push(...outcome.history);
    }
    return history;
  } finally {
    step.dispose();
    training.dispose();
    reader.dispose();
  }
}

/** Objects a step: the number that is asked for, changed so that few are left over; all when there is none. */
function sizeOfBatch(n: number, asked = n): number {
  return Math.floor(n / Math.max(1, Math.round(n / asked)));
}

/** Sinkhorn's targets of every modality, zero where objects are absent. */
async function balancedTargets(
  { modalities, options, signal }: TrainingContext,
  reader: ReturnType<typeof outputReader>,
): Promise<SampleArray[]> {
  const readings = await reader.read(
    modalities.map(({ features }) => features),
    signal,
  );
  return readings.map(({ memberships }, v) => {
    const rows = presentRows(modalities[v]!, memberships.rows);
    const { columns: k, values } = memberships;
    const chosen = new Float32Array(rows.length * k);
    rows.forEach((row, i) => chosen.set(values.subarray(row * k, (row + 1) * k), i * k));
    const balanced = sinkhornKnopp(
      { ...memberships, rows: rows.length, values: chosen },
      { ...SCALING, power: options.targetPower, ...(signal ? { signal } : {}) },
    );
    const targets = new Float32Array(values.length);
    rows.forEach((row, i) => targets.set(balanced.values.subarray(i * k, (i + 1) * k), row * k));
    return sampleArray({ ...memberships, values: targets });
  });
}

function presentRows({ present }: TrainingModality, n: number): number[] {
  return Array.from({ length: n }, (_, i) => i).filter((i) => present?.[i] !== 0);
}
