import { randomSource, type HistoryEntry } from '@crossmodal/core';
import { autoencoder, dense, type Autoencoder } from '@crossmodal/encoders';
import { joinModules, tf } from '@crossmodal/tensors';
import { createTrainer, fullBatch, sgd, type AnyPlayer } from '@crossmodal/training';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createCriticPairs } from '../cycle/create-critic-pairs.js';
import { createCycleMapping } from '../cycle/create-cycle-mapping.js';
import { autoencoderPlayer } from './autoencoder-player.js';
import { createCycleTraining, type CycleNetwork } from './create-cycle-training.js';
import { criticPlayer } from './critic-player.js';
import type { CycleGame } from './cycle-game.js';
import type { CycleSettings } from './cycle-settings.js';
import type { CycleTerm } from './cycle-terms.js';
import { generatorPlayer } from './generator-player.js';

let before = 0;
beforeAll(async () => {
  await tf.setBackend('cpu');
});
beforeEach(() => {
  before = tf.memory().numTensors;
});
afterEach(() => {
  expect(tf.memory().numTensors).toBe(before);
});

const names = ['pictures', 'texts', 'sounds'];

function createNetwork(modalities: number, seed: number): CycleNetwork {
  const random = randomSource(seed);
  const autoencoders = names.slice(0, modalities).map((): Autoencoder => {
    const encoder = dense({ inputSize: 5, units: 2, random });
    return autoencoder({ encoder, decoder: dense({ inputSize: 2, units: 5, random }) });
  });
  const mapping = createCycleMapping({ latentSizes: autoencoders.map(() => 2), random });
  const critics = createCriticPairs(mapping, { random });
  const network = joinModules([...autoencoders, mapping, critics]);
  return { ...network, autoencoders, mapping, critics: critics.pairs };
}

function samplesOf(modalities: number, rows: number, seed: number) {
  const random = randomSource(seed);
  return names.slice(0, modalities).map((name, v) => {
    const n = rows + v;
    return {
      name,
      x: { shape: [n, 5], values: Float32Array.from({ length: 5 * n }, () => v + random.normal()) },
    };
  });
}

type Batch = readonly tf.Tensor[];

/** Moves one player on latents of its own, all modalities at once. */
async function move(mover: (game: CycleGame<Batch>) => AnyPlayer<Batch>, playing?: readonly number[]) {
  const network = createNetwork(3, 1);
  const { mapping, critics } = network;
  const batch = [3, 4, 5].map((n, v) => tf.randomNormal([n, 2], v, 1, 'float32', v + 1));
  const trainer = createTrainer<Batch>({
    modules: [network],
    players: [mover({ mapping, critics, names, encode: (latents) => latents, ...(playing && { playing }) })],
  });
  const values = () => network.variables.map((variable) => [...variable.dataSync()]);
  const start = values();
  const { history } = await trainer.run({ batches: fullBatch(batch), steps: 30 });
  const end = values();
  const moved = network.variables.filter((_, i) => String(start[i]) !== String(end[i]));
  const largest = (modules: readonly { readonly trainable: readonly tf.Variable[] }[]) =>
    Math.max(
      ...modules.flatMap(({ trainable }) => trainable.flatMap((w) => [...w.dataSync()].map(Math.abs))),
    );
  const result = {
    history,
    onlyMoved: (modules: readonly { readonly trainable: readonly tf.Variable[] }[]) => {
      const theirs = modules.flatMap(({ trainable }) => trainable);
      return moved.length > 0 && moved.every((variable) => theirs.includes(variable));
    },
    network,
    bound: largest(critics.flatMap(({ inAnchor, inModality }) => [inAnchor, inModality])),
  };
  trainer.dispose();
  tf.dispose([...batch]);
  network.dispose();
  return result;
}

const series = (history: readonly HistoryEntry[], name: string) => history.map(({ losses }) => losses[name]!);

describe('players', () => {
  test('critics tell latents of a space from mapped ones better, within the clip, and nobody else moves', async () => {
    const { history, network, onlyMoved, bound } = await move((game) =>
      criticPlayer(game, { optimiser: sgd(), rate: 0.05, clip: 0.1 }),
    );
    expect(Object.keys(history[0]!.losses)).toEqual([
      'critic texts to pictures',
      'critic pictures to texts',
      'critic sounds to pictures',
      'critic pictures to sounds',
      'total',
    ]);
    // The first losses are of weights that were not yet clipped.
    const total = series(history, 'total').slice(1);
    expect(total.at(-1)).toBeLessThan(total[0]!);
    expect(bound).toBeLessThanOrEqual(Math.fround(0.1));
    expect(onlyMoved(network.critics.flatMap(({ inAnchor, inModality }) => [inAnchor, inModality]))).toBe(
      true,
    );
  });

  test('generators come back closer to where they started, and those of a modality that does not play stay', async () => {
    const mover = (game: CycleGame<Batch>) =>
      generatorPlayer(game, { optimiser: sgd(), rate: 0.005, adversarialWeight: 0, cycle: { norm: 'l2' } });
    const { history, network, onlyMoved } = await move(mover, [0, 2]);
    const [there, back] = [network.mapping.toAnchor[2]!, network.mapping.fromAnchor[2]!];
    expect(Object.keys(history[0]!.losses)).toEqual([
      'adversarial sounds to pictures',
      'adversarial pictures to sounds',
      'cycle sounds to pictures and back',
      'cycle pictures to sounds and back',
      'total',
    ]);
    expect(series(history, 'total').at(-1)).toBeLessThan(0.5 * series(history, 'total')[0]!);
    expect(onlyMoved([there, back])).toBe(true);
  });

  test('generators raise the scores of what they map', async () => {
    const { history } = await move((game) =>
      generatorPlayer(game, { optimiser: sgd(), rate: 0.05, cycleWeight: 0 }),
    );
    expect(series(history, 'total').at(-1)).toBeLessThan(series(history, 'total')[0]!);
  });

  test('autoencoders rebuild better; errors are divided by the scales, encoders and decoders have rates of their own', async () => {
    const run = async (scale: number, encoderRate: number) => {
      const { autoencoders, ...network } = createNetwork(1, 2);
      const [{ x }] = samplesOf(1, 8, 3) as [ReturnType<typeof samplesOf>[number]];
      const batch = [tf.tensor2d(x.values, [8, 5])];
      const start = [...autoencoders[0]!.encoder.trainable[0]!.dataSync()];
      const trainer = createTrainer<Batch>({
        modules: [network],
        players: [
          autoencoderPlayer<Batch>({
            autoencoders,
            names,
            inputs: (given) => given,
            optimiser: sgd(),
            encoderRate,
            decoderRate: 0.01,
            reduction: 'mean',
            scales: [scale],
          }),
        ],
      });
      const { history } = await trainer.run({ batches: fullBatch(batch), steps: 20 });
      const end = [...autoencoders[0]!.encoder.trainable[0]!.dataSync()];
      trainer.dispose();
      tf.dispose(batch);
      network.dispose();
      return { values: series(history, 'reconstruction pictures'), moved: String(start) !== String(end) };
    };
    const [one, two] = [await run(1, 0.01), await run(2, 0)];
    expect(one.values.at(-1)).toBeLessThan(one.values[0]!);
    expect(two.values[0]! * 2).toBeCloseTo(one.values[0]!, 5);
    expect([one.moved, two.moved]).toEqual([true, false]);
  });
});

const settings: CycleSettings = {
  pretraining: { epochs: 2, encoderRate: 1e-2, decoderRate: 1e-2 },
  epochs: 2,
  batchSize: 4,
  encoderRate: 1e-3,
  decoderRate: 1e-3,
  criticRate: 1e-3,
  generatorRate: () => 1e-3,
  critics: 3,
  criticWarmup: 2,
  clip: 0.05,
  weights: { adversarial: 1, cycle: 1, reconstruction: 1 },
  cycle: { norm: 'l1', reduction: 'mean' },
  reconstruction: { reduction: 'mean', relative: true },
};

/** All stages, and what was heard of them. */
async function train(
  changes: Partial<CycleSettings> = {},
  more: { terms?: CycleTerm[]; playing?: number[] } = {},
) {
  const network = createNetwork(2, 4);
  const training = createCycleTraining({
    network,
    samples: samplesOf(2, 8, 5),
    settings: { ...settings, ...changes },
    ...more,
  });
  const heard: (readonly [string, readonly string[]])[] = [];
  const run = {
    random: randomSource(6),
    onProgress: ({ phase, losses = {} }: { phase: string; losses?: Readonly<Record<string, number>> }) =>
      heard.push([phase, Object.keys(losses)]),
  };
  try {
    await training.pretrain(run);
    await training.critics(run);
    await training.train(run);
    return heard;
  } finally {
    training.dispose();
    network.dispose();
  }
}

describe('Algorithm 1', () => {
  test('pre-training, warm-up of the critics, rounds of all players: two batches per epoch', async () => {
    const heard = await train();
    const kinds = heard.map(([phase, terms]) => `${phase} ${terms[0]!.split(' ')[0]!}`);
    const round = ['reconstruction', 'critic', 'critic', 'critic', 'adversarial'].map(
      (kind) => `train ${kind}`,
    );
    expect(kinds).toEqual([
      ...new Array<string>(4).fill('pretrain reconstruction'),
      ...new Array<string>(2).fill('critics critic'),
      ...new Array<readonly string[]>(4).fill(round).flat(),
    ]);
  });

  test.each<[string, Partial<CycleSettings>, number[] | undefined]>([
    ['no epochs', { epochs: 0 }, undefined],
    ['one modality that plays', {}, [0]],
  ])('%s: there is no game, and changes to its terms are refused', async (_, changes, playing) => {
    const more = playing && { playing };
    expect(new Set((await train(changes, more)).map(([phase]) => phase))).toEqual(new Set(['pretrain']));
    await expect(train(changes, { ...more, terms: [{ name: 'cycle', weight: 2 }] })).rejects.toThrow(
      expect.objectContaining({ code: 'option' }),
    );
  });

  test('a term of the autoencoders that is replaced is so in pre-training and game; an added one in the game alone', async () => {
    const value = () => tf.scalar(1);
    const added = await train({}, { terms: [{ name: 'one', weight: 1, value }] });
    const phases = added.filter(([, terms]) => terms.includes('one')).map(([phase]) => phase);
    expect(new Set(phases)).toEqual(new Set(['train']));
    const double: CycleTerm = {
      name: 'reconstruction',
      weight: 1,
      value: ({ modalities }) =>
        modalities.map(({ name, x, rebuilt }) => ({
          name,
          value: () => tf.mean(tf.abs(tf.sub(x, rebuilt))) as tf.Scalar,
        })),
    };
    expect(await train({}, { terms: [double] })).toEqual(await train());
  });
});
