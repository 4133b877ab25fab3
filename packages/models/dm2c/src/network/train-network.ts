import type { DenseMatrix, HistoryEntry, ProgressEvent, RandomSource } from '@crossmodal/core';
import { compile } from '@crossmodal/tensors';
import {
  alternate,
  fitLoop,
  joinBatches,
  minibatches,
  rmsprop,
  type BatchSource,
  type TrainingStep,
} from '@crossmodal/training';
import type { MixedNetwork } from './mixed-network.js';
import { autoencoderStep, criticStep, generatorStep, type PlayersOptions } from './players.js';
import type { TrainingSettings } from './training-settings.js';

/** What {@link trainNetwork} takes. */
export interface TrainNetworkOptions {
  readonly network: MixedNetwork;
  readonly names: readonly string[];
  /** Features of the training rows of each modality. */
  readonly features: readonly DenseMatrix<Float32Array>[];
  /** Numbers of the modalities that take part in the game, the anchor among them. */
  readonly live: readonly number[];
  readonly settings: TrainingSettings;
  /** Whether the game is played at all; otherwise autoencoders are trained alone. */
  readonly adversarial: boolean;
  readonly random: RandomSource;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((event: ProgressEvent) => void) | undefined;
}

/**
 * Algorithm 1: autoencoders are pre-trained; then rounds of one step of the autoencoders, `critics` steps of the critics, each followed
 * by clipping, and one step of the generators. Every step draws batches of its own.
 *
 * @see Jiang et al., DM2C: Deep Mixed-Modal Clustering, NeurIPS 2019, Algorithm 1
 */
export async function trainNetwork(options: TrainNetworkOptions): Promise<HistoryEntry[]> {
  const { network, names, features, live, settings, adversarial, random, signal, onProgress } = options;
  const seen: PlayersOptions = {
    network,
    names,
    variances: features.map(varianceOf),
    live,
    settings,
  };
  const loop = { ...(signal ? { signal } : {}), ...(onProgress ? { onProgress } : {}) };
  const epoch = Math.max(
    ...live.map((v) => Math.floor(features[v]!.rows / batchSizeOf(features[v]!, settings))),
  );
  const { pretraining } = settings;
  const pretrain = autoencoderStep(seen, pretraining.optimiser);
  const steps: TrainingStep[] = [pretrain];
  const history: HistoryEntry[] = [];
  try {
    const first = compile(pretrain.step);
    try {
      const { history: before } = await fitLoop({
        ...loop,
        phase: 'pretrain',
        step: first,
        batches: batchesOf(features, settings, random.fork('pretrain')),
        steps: pretraining.epochs * epoch,
        schedule: pretraining.encoderRate,
        rates: { encoderRate: pretraining.encoderRate, decoderRate: pretraining.decoderRate },
        checkpoint: { modules: [network, pretrain] },
      });
      history.push(...before);
    } finally {
      first.dispose();
    }
    if (!adversarial || live.length < 2) return history;

    const players = [autoencoderStep(seen, rmsprop()), criticStep(seen), generatorStep(seen)] as const;
    steps.push(...players);
    const [autoencoders, critics, generators] = players.map(({ step }) => compile(step));
    const round = alternate([
      { step: autoencoders! },
      { step: critics!, times: settings.critics },
      { step: generators! },
    ]);
    try {
      const runs = settings.epochs * epoch * (settings.critics + 2);
      const common = {
        ...loop,
        schedule: settings.criticRate,
        rates: {
          encoderRate: settings.encoderRate,
          decoderRate: settings.decoderRate,
          criticRate: settings.criticRate,
          generatorRate: settings.generatorRate(runs),
        },
        checkpoint: { modules: [network, ...players] },
      };
      const warm = await fitLoop({
        ...common,
        phase: 'critics',
        step: critics!,
        batches: batchesOf(features, settings, random.fork('critics')),
        steps: runs > 0 ? settings.criticWarmup : 0,
      });
      const game = await fitLoop({
        ...common,
        phase: 'train',
        step: round,
        batches: batchesOf(features, settings, random.fork('train')),
        steps: runs,
      });
      history.push(...warm.history, ...game.history);
      return history;
    } finally {
      round.dispose();
    }
  } finally {
    for (const step of steps) step.dispose();
  }
}

/** Variance of all values together; 1 where they are all the same, so that it can be divided by. */
function varianceOf({ values }: DenseMatrix<Float32Array>): number {
  let [sum, squares] = [0, 0];
  for (const value of values) {
    sum += value;
    squares += value * value;
  }
  const variance = squares / values.length - (sum / values.length) ** 2;
  return variance > 0 ? variance : 1;
}

function batchSizeOf({ rows }: DenseMatrix, { batchSize }: TrainingSettings): number {
  return Math.min(batchSize, rows);
}

/** A batch of every modality at each step; each goes through its own rows in epochs of its own. */
function batchesOf(
  features: readonly DenseMatrix<Float32Array>[],
  settings: TrainingSettings,
  random: RandomSource,
): BatchSource {
  return joinBatches(
    features.map((rows, v) =>
      minibatches({
        data: { [`x${v}`]: { shape: [rows.rows, rows.columns], values: rows.values } },
        batchSize: batchSizeOf(rows, settings),
        dropLast: true,
        random: random.fork(`modality ${v}`),
      }),
    ),
  );
}
