import { objective } from '@crossmodal/losses';
import { compile, type CompiledStep, type TensorRecord, type tf } from '@crossmodal/tensors';
import {
  adam,
  alternate,
  constant,
  cosine,
  fitLoop,
  minibatches,
  pairBatches,
  trainingStep,
  type AlternatingStep,
  type Schedule,
  type TrainingStep,
} from '@crossmodal/training';
import { forward } from './forward.js';
import { clusteringTerms, discriminatorTerm, fusionTerms, pairTerms } from './loss-terms.js';
import { presentBatches } from './present-batches.js';
import { modalityBatches, stageSteps, type History, type TrainingContext } from './training-context.js';

/**
 * Alternates steps of encoders, attention and cluster head with steps of the discriminators, Algorithm 1 of the paper, on minibatches.
 *
 * The first player makes `L_c + L_att + gamma L_gen` small. Eq. 12 as printed has the game's sign turned, and Eq. 13 then has no lower bound:
 * both follow Eq. 5 here.
 */
export async function trainNetwork(context: TrainingContext): Promise<History> {
  const { network, data, neighbours, settings, random, label, options } = context;
  const batchSize = Math.min(settings.batchSize, data['x0']!.shape[0]!);
  const batches =
    neighbours === undefined
      ? minibatches({ data, batchSize, dropLast: true, random })
      : pairBatches({ data, neighbours, batchSize, random });
  const steps = stageSteps(settings.epochs, batches.stepsPerEpoch, settings.leastSteps);
  const pass = (inputs: TensorRecord) =>
    forward(network, modalityBatches(network, inputs), { training: true });
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
      return objective([
        ...clusteringTerms(made, settings),
        ...(neighbours === undefined ? [] : pairTerms(made, settings)),
        ...fusionTerms(network, made, settings, weight),
      ]);
    },
    clipNorm: settings.clipNorm,
  });
  const trainings: TrainingStep[] = [generator];
  let step: CompiledStep | AlternatingStep = compile(generator.step);
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
  const growth = (t: number) => {
    const late = t / steps - adversary.start;
    if (late < 0) return 0;
    return adversary.ramp > 0 ? Math.min(1, late / adversary.ramp) : 1;
  };
  const without = { data, rate: settings.withoutRate, random: random.fork('without') };
  try {
    const { history } = await fitLoop({
      step,
      batches: presentBatches(batches, without),
      steps,
      phase: `${label}train`,
      schedule: decay(rates.encoders),
      rates: {
        attentionRate: decay(rates.attention),
        headRate: decay(rates.head),
        discriminatorRate: rates.discriminators,
        adversaryWeight: (t) => adversary.weight * growth(t),
      },
      checkpoint: { modules: [network, ...trainings] },
      ...options,
    });
    return history;
  } finally {
    step.dispose();
    for (const training of trainings) training.dispose();
  }
}
