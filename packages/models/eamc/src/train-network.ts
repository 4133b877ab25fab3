import type { HistoryEntry, ProgressEvent, RandomSource } from '@crossmodal/core';
import { objective } from '@crossmodal/losses';
import { compile, type CompiledStep, type TensorRecord, type tf } from '@crossmodal/tensors';
import {
  adam,
  alternate,
  constant,
  cosine,
  fitLoop,
  minibatches,
  trainingStep,
  type SampleArray,
  type Schedule,
  type TrainingStep,
} from '@crossmodal/training';
import type { EamcNetwork } from './create-network.js';
import { forward } from './forward.js';
import { clusteringTerms, discriminatorTerm, fusionTerms } from './loss-terms.js';
import type { TrainingSettings } from './training-settings.js';

/** What {@link trainNetwork} takes. */
export interface TrainingOptions {
  readonly network: EamcNetwork;
  /** Features of each modality, `x0`, `x1`, ... */
  readonly data: Readonly<Record<string, SampleArray>>;
  readonly settings: TrainingSettings;
  readonly random: RandomSource;
  readonly phase: string;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((event: ProgressEvent) => void) | undefined;
}

/** Names of the inputs with the modalities' features. */
export function inputNames(network: EamcNetwork): string[] {
  return network.encoders.map((_, v) => `x${v}`);
}

/**
 * Alternates steps of encoders, attention and cluster head with steps of the discriminators, Algorithm 1 of the paper, on minibatches.
 *
 * The first player makes `L_c + L_att + gamma L_gen` small. Eq. 12 as printed has the game's sign turned, and Eq. 13 then has no lower bound:
 * both follow Eq. 5 here.
 */
export async function trainNetwork(options: TrainingOptions): Promise<readonly HistoryEntry[]> {
  const { network, data, settings, random, phase, signal, onProgress } = options;
  const n = data['x0']!.shape[0]!;
  const batches = minibatches({ data, batchSize: Math.min(settings.batchSize, n), dropLast: true, random });
  const steps = settings.epochs * batches.stepsPerEpoch;
  const names = inputNames(network);
  const pass = (inputs: TensorRecord) =>
    forward(
      network,
      names.map((name) => inputs[name]!),
      { training: true },
    );
  const { attention, alignment } = network;
  const player = adam({ beta1: settings.momentum.others });
  const generator = trainingStep({
    groups: [
      { modules: network.encoders, optimiser: player },
      ...(attention === undefined
        ? []
        : [{ modules: [attention], optimiser: player, rate: 'attentionRate' }]),
      { modules: [network.hidden, network.logits], optimiser: player, rate: 'headRate' },
    ],
    objective: (inputs) => {
      const made = pass(inputs);
      const weight = alignment === undefined ? undefined : (inputs['adversaryWeight'] as tf.Scalar);
      return objective([...clusteringTerms(made, settings), ...fusionTerms(network, made, settings, weight)]);
    },
    clipNorm: settings.clipNorm,
  });
  const trainings: TrainingStep[] = [generator];
  let step: CompiledStep = compile(generator.step);
  if (alignment !== undefined) {
    const discriminators = trainingStep({
      groups: [
        {
          modules: [alignment],
          optimiser: adam({ beta1: settings.momentum.discriminators }),
          rate: 'discriminatorRate',
        },
      ],
      objective: (inputs) => objective([discriminatorTerm(network, pass(inputs))]),
    });
    trainings.push(discriminators);
    step = alternate([{ step, times: settings.generatorSteps }, { step: compile(discriminators.step) }]);
  }
  const decay = (rate: number): Schedule =>
    settings.cosine && steps > 0 ? cosine({ rate, steps }) : constant(rate);
  const { rates, adversary } = settings;
  const joins = Math.floor(adversary.start * steps);
  try {
    const { history } = await fitLoop({
      step,
      batches,
      steps,
      phase,
      schedule: decay(rates.encoders),
      rates: {
        attentionRate: decay(rates.attention),
        headRate: decay(rates.head),
        discriminatorRate: decay(rates.discriminators),
        adversaryWeight: (t) => (t < joins ? 0 : adversary.weight),
      },
      checkpoint: { modules: [network, ...trainings] },
      ...(signal ? { signal } : {}),
      ...(onProgress ? { onProgress } : {}),
    });
    return history;
  } finally {
    step.dispose();
    for (const training of trainings) training.dispose();
  }
}
