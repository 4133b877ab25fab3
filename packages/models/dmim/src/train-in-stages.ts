import { meanOverModalities, type DenseMatrix, type HistoryEntry } from '@crossmodal/core';
import { objective } from '@crossmodal/losses';
import { neighbourMeans } from '@crossmodal/self-expressive';
import { balancedTargets, mergeOverclusters, sharpenedTargets } from '@crossmodal/spectral';
import { compile, captureState, restoreState, type ModuleState } from '@crossmodal/tensors';
import { adam, checkpoints, cosine, fitLoop, trainingStep } from '@crossmodal/training';
import type { DmimNetwork } from './create-network.js';
import type { ResolvedDefaultOptions } from './dmim-options.js';
import type { ModalityReading, OutputReader } from './read-outputs.js';
import { startOverclusters } from './start-overclusters.js';
import { sampleArray, trainingBatches } from './training-batches.js';
import type { History, TrainingContext } from './training-context.js';
import { trainingTerms, type TermSelection } from './training-terms.js';

/** Rounds of Sinkhorn's scaling. */
const ROUNDS = 50;

/** Part of the second stage in which targets stay those of the merged overclusters. */
const FIRST_TARGETS = 0.4;

/** What {@link trainInStages} takes besides the context. */
export interface StagedTraining {
  readonly clusters: number;
  readonly reader: OutputReader;
  /** Makes the network of another start, whose values are copied. */
  readonly another: (start: number) => DmimNetwork;
}

/**
 * The default's training. First the overclustering head alone, from the means of small clusters or from random weights, whose overclusters are
 * merged into k clusters; of several starts the one with most information goes on. Then both heads, with the merged clusters as first targets of the clustering head.
 *
 * Mutual information of few clusters has many local optima in which two clusters share an output; that of many clusters has fewer, and
 * merging undoes them. Without an overclustering head all steps are of the clustering head, with targets of its own.
 */
export async function trainInStages(
  context: TrainingContext<ResolvedDefaultOptions>,
  staged: StagedTraining,
): Promise<History> {
  const history: HistoryEntry[] = [];
  const { options } = context;
  const merged =
    options.overclustering && options.overclusteringSteps > 0
      ? await overcluster(context, staged, history)
      : undefined;
  await refine(context, staged, history, merged);
  return history;
}

/** First stage; leaves the network in the state of the best start. */
async function overcluster(
  context: TrainingContext<ResolvedDefaultOptions>,
  { clusters, reader, another }: StagedTraining,
  history: HistoryEntry[],
): Promise<DenseMatrix<Float32Array>> {
  const { network, options, modalities } = context;
  const { overclusteringSteps: steps, restarts } = options;
  const loop = trainingLoop(context, network.overclusteringPart, {
    heads: ['overclustering'],
    targets: false,
  });
  const rate = cosine({ rate: options.learningRate, steps });
  let best: { information: number; memberships: DenseMatrix<Float32Array>; state: ModuleState } | undefined;
  try {
    const fresh = await captureState(loop.training);
    for (let start = 0; start < restarts; start++) {
      if (start > 0) {
        restoreState(loop.training, fresh);
        await copyInto(network, another(start));
      }
      if (options.start === 'means') await startOverclusters(context, context.random.fork(`means ${start}`));
      const first = start * steps;
      const outcome = await loop.run({
        phase: 'overcluster',
        steps,
        first,
        total: restarts * steps,
        rate: (step) => rate(step - first),
        walk: (step) =>
          Math.round(options.walk + ((options.finalWalk - options.walk) * step) / Math.max(1, steps - 1)),
        label: `overcluster ${start}`,
      });
      history.push(...outcome);
      const over = meanReading(
        context,
        await readAll(context, reader),
        (reading) => reading.overMemberships!,
      );
      const found = mergeOverclusters(over, {
        clusters,
        neighbourMeans: (rows) => neighbourMeans(rows, modalities).sums,
      });
      if (best === undefined || found.information > best.information) {
        best = { ...found, state: await captureState(network) };
      }
    }
    restoreState(network, best!.state);
    return best!.memberships;
  } finally {
    loop.dispose();
  }
}

/** Second stage. */
async function refine(
  context: TrainingContext<ResolvedDefaultOptions>,
  { reader }: StagedTraining,
  history: HistoryEntry[],
  merged: DenseMatrix<Float32Array> | undefined,
): Promise<void> {
  const { network, options, modalities, signal } = context;
  const { refreshEvery } = options;
  // Without overclusters there is nothing to start from, and the steps saved are taken here.
  const steps = options.steps + (options.overclustering ? 0 : options.overclusteringSteps);
  if (steps === 0) return;
  const heads = options.overclustering
    ? (['overclustering', 'clustering'] as const)
    : (['clustering'] as const);
  const loop = trainingLoop(context, [network], { heads, targets: true });
  const rate = cosine({ rate: options.learningRate, steps });
  const held = merged === undefined ? 0 : Math.ceil((FIRST_TARGETS * steps) / refreshEvery) * refreshEvery;
  try {
    for (let first = 0; first < steps; first += refreshEvery) {
      if (first === 0 || first >= held) {
        if (first > 0 || merged === undefined) {
          const readings = await readAll(context, reader);
          merged = meanReading(context, readings, (reading) => reading.memberships);
        }
      }
      const power = options.targetPower;
      const targets =
        options.uniform === 'targets'
          ? balancedTargets(merged!, { power, maxIterations: ROUNDS, ...(signal ? { signal } : {}) })
          : sharpenedTargets(merged!, { power });
      history.push(
        ...(await loop.run({
          phase: 'train',
          steps: Math.min(refreshEvery, steps - first),
          first,
          total: steps,
          rate,
          walk: () => options.finalWalk,
          label: `train ${first}`,
          // One target for an object, whatever the modality.
          targets: modalities.map(() => sampleArray(targets)),
        })),
      );
    }
  } finally {
    loop.dispose();
  }
}

/** Steps of one kind, compiled once. */
function trainingLoop(
  context: TrainingContext<ResolvedDefaultOptions>,
  modules: DmimNetwork['overclusteringPart'],
  selection: TermSelection,
) {
  const { network, options, modalities, signal, onProgress } = context;
  const n = modalities[0]!.features.rows;
  const training = trainingStep({
    groups: [{ modules, optimiser: adam() }],
    objective: (inputs) => objective(trainingTerms(context, selection, inputs)),
  });
  const step = compile(training.step);
  const checkpoint = checkpoints({ modules: [network, training] });
  interface Run {
    readonly phase: string;
    readonly steps: number;
    readonly first: number;
    readonly total: number;
    readonly rate: (step: number) => number;
    readonly walk: (step: number) => number;
    readonly label: string;
    readonly targets?: Parameters<typeof trainingBatches>[1]['targets'];
  }
  return {
    training,
    async run({
      phase,
      steps,
      first,
      total,
      rate,
      walk,
      label,
      targets,
    }: Run): Promise<readonly HistoryEntry[]> {
      const batchSize = Math.min(options.batchSize, n);
      const { history } = await fitLoop({
        step,
        batches: trainingBatches(context, { label, batchSize, walk, targets }),
        steps,
        stage: { first, total },
        phase,
        schedule: rate,
        checkpoint,
        ...(signal ? { signal } : {}),
        ...(onProgress ? { onProgress } : {}),
      });
      return history;
    },
    dispose() {
      step.dispose();
      training.dispose();
    },
  };
}

async function copyInto(network: DmimNetwork, source: DmimNetwork): Promise<void> {
  try {
    restoreState(network, await captureState(source));
  } finally {
    source.dispose();
  }
}

function readAll(
  { modalities, signal }: TrainingContext<ResolvedDefaultOptions>,
  reader: OutputReader,
): Promise<ModalityReading[]> {
  return reader.read(
    modalities.map(({ features }) => features),
    signal,
  );
}

function meanReading(
  { modalities }: TrainingContext<ResolvedDefaultOptions>,
  readings: readonly ModalityReading[],
  of: (reading: ModalityReading) => DenseMatrix<Float32Array>,
): DenseMatrix<Float32Array> {
  return meanOverModalities(
    modalities.map(({ weight, present }, v) => ({ rows: of(readings[v]!), weight, present })),
  );
}
