import type { HistoryEntry } from '@crossmodal/core';
import { objective } from '@crossmodal/losses';
import { balancedTargets } from '@crossmodal/spectral';
import { compile } from '@crossmodal/tensors';
import { adam, checkpoints, fitLoop, trainingStep } from '@crossmodal/training';
import type { ResolvedPaperOptions } from './dmim-options.js';
import type { OutputReader } from './read-outputs.js';
import { sampleArray, trainingBatches } from './training-batches.js';
import type { History, TrainingContext } from './training-context.js';
import { trainingTerms } from './training-terms.js';

/** Rounds of Sinkhorn's scaling, as in the public code. */
const ROUNDS = 75;

/**
 * Algorithm 1: steps on both heads at once, every object its own partner.
 *
 * Every `refreshEvery` steps the memberships of each modality become its balanced targets. The public code has targets of the first modality
 * alone, and takes the softmax of the memberships again in their cross-entropy; Eq. 13 names both modalities.
 */
export async function trainPaper(
  context: TrainingContext<ResolvedPaperOptions>,
  reader: OutputReader,
): Promise<History> {
  const { network, options, modalities, signal, onProgress } = context;
  const { steps, refreshEvery, learningRate, batchSize, targetPower } = options;
  if (steps === 0) return [];
  const targeted = options.uniform === 'targets';
  const heads = options.overclustering
    ? (['clustering', 'overclustering'] as const)
    : (['clustering'] as const);
  const training = trainingStep({
    groups: [{ modules: [network], optimiser: adam() }],
    objective: (inputs) => objective(trainingTerms(context, { heads, targets: targeted }, inputs)),
  });
  const step = compile(training.step);
  // One for all rounds: a round that diverges at once goes back to the one before.
  const checkpoint = checkpoints({ modules: [network, training] });
  const n = modalities[0]!.features.rows;
  const history: HistoryEntry[] = [];
  const targetsNow = async () => {
    const readings = await reader.read(
      modalities.map(({ features }) => features),
      signal,
    );
    return readings.map(({ memberships }, v) => {
      const { present } = modalities[v]!;
      const k = memberships.columns;
      present?.forEach((flag, i) => {
        if (flag === 0) memberships.values.fill(0, i * k, (i + 1) * k);
      });
      const how = { power: targetPower, maxIterations: ROUNDS, ...(signal ? { signal } : {}) };
      return sampleArray(balancedTargets(memberships, how));
    });
  };
  try {
    for (let first = 0; first < steps; first += targeted ? refreshEvery : steps) {
      const targets = targeted ? await targetsNow() : undefined;
      const size = Math.min(batchSize ?? n, n);
      const outcome = await fitLoop({
        step,
        batches: trainingBatches(context, {
          label: `batches ${first}`,
          batchSize: size,
          walk: () => 0,
          targets,
        }),
        steps: targeted ? Math.min(refreshEvery, steps - first) : steps,
        stage: { first, total: steps },
        schedule: learningRate,
        checkpoint,
        ...(signal ? { signal } : {}),
        ...(onProgress ? { onProgress } : {}),
      });
      history.push(...outcome.history);
    }
    return history;
  } finally {
    step.dispose();
    training.dispose();
  }
}
