import { CrossmodalError, type Paired, type SampleArray } from '@crossmodal/core';
import { chunkedForward, tf, type Module } from '@crossmodal/tensors';
import { createTrainer, minibatches, player, sgd, type PlayerTermAdjustment } from '@crossmodal/training';
import { fitCentre, fittedTransform, fitUnitRows, type FittedTransform } from '@crossmodal/transforms';
import * as z from 'zod';
import {
  defineMethod,
  inputDescription,
  kMeansReadout,
  type Fit,
  type Helpers,
  type MethodTypes,
  type NetworkPart,
  type Overrides,
  type Preparation,
  type Readout,
  type Representation,
  type ResolvedOptions,
  type Training,
} from '../src/index.js';

/** A network of one number per modality, by which features are multiplied. */
export interface ToyNetwork extends Module {
  readonly scales: tf.Variable;
}

/** Where the numbers start. */
export interface StartPart {
  readonly name: string;
  create(): number;
}

/** What the training needs beside the network. */
export interface ToyHelpers extends Helpers {
  readonly mark: tf.Variable;
}

/** What the toy's parts have seen, and how they behave, for tests. */
export const probe = {
  settled: 0,
  /** The helpers' number at the last settling. */
  mark: 0,
  /** Whether the last reading had helpers, and a signal. */
  read: { helpers: false, signal: false },
  /** Where modalities were checked, and whether in a fit. */
  checked: [] as (readonly [where: string, fitting: boolean])[],
  lossFails: false,
};

export interface ToyTypes extends MethodTypes {
  readonly data: Paired;
  readonly prepared: readonly {
    readonly name: string;
    readonly shape: readonly number[];
    readonly transform: FittedTransform;
  }[];
  readonly samples: readonly SampleArray[];
  readonly structure: number;
  readonly network: ToyNetwork;
  readonly helpers: ToyHelpers;
  readonly seen: Representation;
  readonly term: PlayerTermAdjustment<{ readonly scales: tf.Tensor }>;
  readonly parts: { readonly start: StartPart };
  readonly report: { readonly scales: readonly number[]; readonly runLosses: readonly number[] };
}

const inputsOf = (fit: typeof fitCentre): Preparation<ToyTypes> => ({
  options: { columns: z.int().default(0) },
  schema: z.array(inputDescription.extend({ transform: fittedTransform })),
  fit(modalities) {
    const prepared = modalities.map(({ name, features }) => ({
      name,
      shape: [features.columns],
      transform: fit(features),
    }));
    const samples = this.apply(prepared, modalities, {}) as SampleArray[];
    const columns = samples.reduce((sum, { shape }) => sum + shape[1]!, 0);
    return { prepared, samples, structure: 0, options: { columns } };
  },
  apply: (prepared, modalities) =>
    prepared.map(({ transform }, v) => {
      const { rows, columns, values } = transform.apply(modalities[v]!.features);
      return { shape: [rows, columns], values };
    }),
  inputs: (prepared) => prepared,
});

const network: NetworkPart<ToyTypes> = {
  create({ prepared, parts, random }) {
    const start = parts.start?.create() ?? 1 + random.fork('network').uniform();
    const scales = tf.tidy(() => tf.variable(tf.fill([prepared.length], start)));
    return { scales, trainable: [scales], variables: [scales], dispose: () => scales.dispose() };
  },
  reader({ network: { scales }, helpers, where }) {
    const forward = chunkedForward({
      where,
      forward: (xs: readonly tf.Tensor[]) => ({
        joined: tf.concat(
          xs.map((x, v) => tf.mul(x, tf.slice(scales, v, 1))),
          1,
        ),
      }),
    });
    return {
      async read(samples, signal) {
        probe.read = { helpers: helpers !== undefined, signal: signal !== undefined };
        return { embedding: (await forward.run(samples, signal)).joined };
      },
      dispose: () => forward.dispose(),
    };
  },
};

const trainingOptions = {
  steps: z.int().min(0).default(6),
  rate: z.number().positive().default(0.1),
  runs: z.int().min(1).default(1),
};
type TrainingOptions = ResolvedOptions<typeof trainingOptions>;

/** Pulls all numbers to a target. */
const pull =
  (target: number) =>
  async (fit: Fit<ToyTypes>, { steps, rate }: TrainingOptions) => {
    const { network: model, samples, watch } = fit;
    const trainer = createTrainer<{ readonly x: tf.Tensor }>({
      modules: [model],
      adjustments: fit.terms,
      players: [
        player({
          name: 'numbers',
          groups: [{ modules: [model], optimiser: sgd(), rate }],
          forward: () => ({ scales: model.scales as tf.Tensor }),
          terms: [
            {
              name: 'pull',
              weight: 1,
              value: ({ scales }) => tf.sum(tf.pow(tf.sub(scales, target), 4)) as tf.Scalar,
            },
          ],
        }),
      ],
    });
    const random = fit.random.fork('training');
    const batches = minibatches({ data: { x: samples[0]! }, batchSize: 2, random });
    await trainer
      .run({ batches, steps, phase: `${fit.label}pull`, ...watch })
      .finally(() => trainer.dispose());
  };

const training = (target: number): Training<ToyTypes, TrainingOptions> => ({
  options: trainingOptions,
  stages: [
    { name: 'first', players: () => ({}), run: async (fit) => fit.pause('first', 0, 1) },
    {
      name: 'pull',
      players: ({ steps }) => (steps === 0 ? {} : { numbers: ['pull'] }),
      run: pull(target),
    },
  ],
  explore: ({ structure }) => Promise.resolve(structure + 1),
  createHelpers() {
    const mark = tf.tidy(() => tf.variable(tf.scalar(0)));
    return { mark, variables: [mark], dispose: () => mark.dispose() };
  },
  settle: ({ helpers: { mark } }) => {
    probe.settled++;
    probe.mark = mark.dataSync()[0]!;
    return Promise.resolve();
  },
});

const restarted: Training<ToyTypes, TrainingOptions> = {
  ...training(3),
  restarts: {
    runs: ({ runs }) => runs,
    loss: ({ network: { scales } }) =>
      probe.lossFails ? Promise.reject(new Error('no loss')) : Promise.resolve(scales.dataSync()[0]!),
  },
};

/** The toy's options. */
export interface ToyOptions extends Overrides<ToyTypes> {
  readonly preset?: 'default' | 'paper';
  readonly inputs?: 'default' | 'unit';
  readonly training?: 'default' | 'paper' | 'restarted';
  readonly steps?: number;
  readonly rate?: number;
  readonly runs?: number;
  readonly shift?: number;
  readonly start?: StartPart;
  readonly readout?: Readout<Representation>;
}

/** A method as small as one can be that has every part. */
export const toy = defineMethod<ToyTypes>({
  name: 'toy',
  creator: 'createToy',
  version: 1,
  data: 'paired',
  options: { shift: z.number().default(0) },
  inputs: { default: inputsOf(fitCentre), unit: inputsOf(fitUnitRows) },
  network: { default: network },
  training: { default: training(3), paper: { stages: [] }, restarted },
  readout: { default: kMeansReadout({ restarts: 3 }) },
  presets: {
    default: { inputs: 'default', network: 'default', training: 'default', readout: 'default' },
    paper: { inputs: 'unit', network: 'default', training: 'paper', readout: 'default' },
  },
  parts: ['start'],
  replaces: { start: ['shift'] },
  check({ shift = 0 }: { readonly shift?: number }) {
    if (shift >= 0) return;
    throw new CrossmodalError({
      code: 'option',
      where: "createToy option 'shift'",
      expected: '0 or more',
      received: String(shift),
    });
  },
  complete: ({ shift }: { readonly shift?: number }, { n }) =>
    shift === undefined ? {} : { shift: shift + n },
  checkModalities(where, _, { fitting }) {
    probe.checked.push([where, fitting]);
  },
  report: {
    schema: z.object({ scales: z.array(z.number()), runLosses: z.array(z.number()) }),
    of: ({ network: { scales } }, _, runLosses) => ({ scales: Array.from(scales.dataSync()), runLosses }),
  },
});

/** Creates the toy's clusterer. */
export const createToy = (options: ToyOptions = {}) => toy.create(options);
