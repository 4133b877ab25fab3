import {
  cycleConsistency,
  objective,
  reconstruction,
  wassersteinCritic,
  wassersteinGenerator,
  type LossTerm,
} from '@crossmodal/losses';
import { tf, type ApplyContext, type TensorRecord } from '@crossmodal/tensors';
import { clipWeights, rmsprop, trainingStep, type Optimiser, type TrainingStep } from '@crossmodal/training';
import type { MixedNetwork } from './mixed-network.js';
import type { TrainingSettings } from './training-settings.js';

/** What the players of the game see. */
export interface PlayersOptions {
  readonly network: MixedNetwork;
  readonly names: readonly string[];
  /** Variance of each modality's features. */
  readonly variances: readonly number[];
  /** Numbers of the modalities that take part in the game, the anchor among them. */
  readonly live: readonly number[];
  readonly settings: TrainingSettings;
}

/** Latents are what the others play with: only the autoencoders' own step changes them. */
const INFERENCE: ApplyContext = { training: false };
const TRAINING: ApplyContext = { training: true };

/**
 * The autoencoders' step, Algorithm 1, line 4: reconstruction, Eq. 1. (The paper refers to Eq. 2 there, on which they do not depend by its
 * own notation.)
 */
export function autoencoderStep(options: PlayersOptions, optimiser: Optimiser): TrainingStep {
  const { network, names, variances, settings } = options;
  const { reduction, relative } = settings.reconstruction;
  const { autoencoders } = network;
  return trainingStep({
    groups: [
      { modules: autoencoders.map(({ encoder }) => encoder), optimiser, rate: 'encoderRate' },
      { modules: autoencoders.map(({ decoder }) => decoder), optimiser, rate: 'decoderRate' },
    ],
    objective: (inputs) =>
      objective(
        autoencoders.map((model, v): LossTerm => {
          const x = inputs[`x${v}`]!;
          const error = () => reconstruction(x, model.apply(x, TRAINING), { reduction });
          return {
            name: `reconstruction ${names[v]!}`,
            weight: settings.weights.reconstruction,
            value: () => (relative ? (tf.div(error(), variances[v]!) as tf.Scalar) : error()),
          };
        }),
      ),
  });
}

/** The critics' step, Algorithm 1, lines 7 to 10: minus Eq. 3, then the weights are clipped. */
export function criticStep(options: PlayersOptions): TrainingStep {
  const { network, names, settings } = options;
  const { mapping } = network;
  const { anchor } = mapping;
  const pairs = playing(options);
  const modules = pairs.flatMap(({ critics }) => [critics.inAnchor, critics.inModality]);
  return trainingStep({
    groups: [{ modules, optimiser: rmsprop(), rate: 'criticRate' }],
    objective(inputs) {
      const latents = latentsOf(options, inputs);
      return objective(
        pairs.flatMap(({ v, critics }): LossTerm[] => [
          {
            name: `critic ${names[v]!} to ${names[anchor]!}`,
            weight: 1,
            value: () =>
              wassersteinCritic(
                critics.inAnchor.apply(latents[anchor]!, TRAINING),
                critics.inAnchor.apply(mapping.translate(latents[v]!, v, anchor, TRAINING), TRAINING),
              ),
          },
          {
            name: `critic ${names[anchor]!} to ${names[v]!}`,
            weight: 1,
            value: () =>
              wassersteinCritic(
                critics.inModality.apply(latents[v]!, TRAINING),
                critics.inModality.apply(mapping.translate(latents[anchor]!, anchor, v, TRAINING), TRAINING),
              ),
          },
        ]),
      );
    },
    afterUpdate: () => clipWeights(modules, settings.clip),
  });
}

/**
 * The generators' step, Algorithm 1, lines 13 and 14: the adversarial terms of Eq. 3 and the cycle consistency of Eq. 2. Each generator gets the
 * gradient of every term that depends on it. (The paper pairs `G_AB` with the term of A, which does not depend on it.)
 */
export function generatorStep(options: PlayersOptions): TrainingStep {
  const { network, names, settings } = options;
  const { mapping } = network;
  const { anchor } = mapping;
  const pairs = playing(options);
  const { weights, cycle } = settings;
  return trainingStep({
    groups: [
      {
        modules: pairs.flatMap(({ v }) => [mapping.toAnchor[v]!, mapping.fromAnchor[v]!]),
        optimiser: rmsprop(),
        rate: 'generatorRate',
      },
    ],
    objective(inputs) {
      const latents = latentsOf(options, inputs);
      return objective(
        pairs.flatMap(({ v, critics }): LossTerm[] => {
          const there = mapping.translate(latents[v]!, v, anchor, TRAINING);
          const back = mapping.translate(latents[anchor]!, anchor, v, TRAINING);
          const returned = (z: tf.Tensor, from: number, to: number) =>
            mapping.translate(z, from, to, TRAINING);
          const [to, from] = [`${names[v]!} to ${names[anchor]!}`, `${names[anchor]!} to ${names[v]!}`];
          return [
            {
              name: `adversarial ${to}`,
              weight: weights.adversarial,
              value: () => wassersteinGenerator(critics.inAnchor.apply(there, TRAINING)),
            },
            {
              name: `adversarial ${from}`,
              weight: weights.adversarial,
              value: () => wassersteinGenerator(critics.inModality.apply(back, TRAINING)),
            },
            {
              name: `cycle ${to} and back`,
              weight: weights.cycle,
              value: () => cycleConsistency(latents[v]!, returned(there, anchor, v), cycle),
            },
            {
              name: `cycle ${from} and back`,
              weight: weights.cycle,
              value: () => cycleConsistency(latents[anchor]!, returned(back, v, anchor), cycle),
            },
          ];
        }),
      );
    },
  });
}

function playing({ network: { mapping, critics }, live }: PlayersOptions) {
  return mapping.others.flatMap((v, m) => (live.includes(v) ? [{ v, critics: critics[m]! }] : []));
}

function latentsOf({ network, live }: PlayersOptions, inputs: TensorRecord): (tf.Tensor | undefined)[] {
  return network.autoencoders.map((model, v) =>
    live.includes(v) ? model.encode(inputs[`x${v}`]!, INFERENCE) : undefined,
  );
}
