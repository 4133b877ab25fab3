import type { DenseMatrix, RandomSource } from '@crossmodal/core';
import type { Term } from '@crossmodal/losses';
import type { Fit } from '@crossmodal/method';
import { flattenTensors, seededNormal, takeRows, tf, type Module } from '@crossmodal/tensors';
import {
  adam,
  createTrainer,
  exchangePartners,
  minibatches,
  player,
  type BatchSource,
  type Schedule,
  type Trainer,
  withPartners,
} from '@crossmodal/training';
import type { HeadOptions } from '../options.js';
import type { DmimSamples, DmimTypes, WeightedPair } from '../types.js';
import type { DmimBatch, DmimNoise, DmimRows, DmimState } from './dmim-state.js';

/** What terms see beside the outputs of the network. */
export interface DmimWeights {
  readonly pairs: readonly WeightedPair[];
  /** Share of each modality in terms that have one part per modality. */
  readonly weights: readonly number[];
  /** Whether batches hold objects and then their partners. */
  readonly partnered: boolean;
}

/** What {@link dmimTrainer} takes. */
export interface DmimTrainerOptions extends DmimWeights {
  /** Name of the player. */
  readonly name: string;
  /** Who moves. */
  readonly modules: readonly Module[];
  readonly rate: Schedule | number;
  readonly terms: readonly Term<DmimState>[];
  readonly options: HeadOptions;
  readonly adjustments: Fit<DmimTypes>['terms'];
}

/** Compiles a training of the network, or of a part of it. */
export function dmimTrainer(
  fit: Pick<Fit<DmimTypes>, 'method' | 'network' | 'samples'>,
  { name, modules, rate, terms, options, adjustments, ...weights }: DmimTrainerOptions,
): Trainer<DmimBatch> {
  return createTrainer<DmimBatch>({
    where: fit.method,
    modules: [fit.network],
    adjustments,
    players: [
      player({
        name,
        groups: [{ modules, optimiser: adam(), rate }],
        forward: (batch: DmimBatch) => forward(fit, batch, options, weights),
        terms,
      }),
    ],
  });
}

/** Makes the state of a batch. */
export function forward(
  { network, samples }: Pick<Fit<DmimTypes>, 'network' | 'samples'>,
  { modalities, noise }: DmimBatch,
  { codes }: Pick<HeadOptions, 'codes'>,
  { pairs, weights, partnered }: DmimWeights,
): DmimState {
  return {
    modalities: modalities.map(({ x, mask, target }, v) => ({
      ...network.apply(x, v, { training: true, mask }, codes === 'samples' ? noise[v]!.code : undefined),
      name: samples[v]!.name,
      weight: weights[v]!,
      mask,
      target: target as tf.Tensor2D | undefined,
      noise: noise[v]!,
    })),
    pairs,
    partners: partnered ? exchangePartners : (rows) => rows,
  };
}

/** What {@link dmimBatches} takes. */
export interface DmimBatchOptions {
  readonly options: HeadOptions;
  /** Objects per step, at most. @defaultValue all */
  readonly batchSize: number | undefined;
  /** Another stream, other batches. */
  readonly random: RandomSource;
  /** Draws a partner; without it every object is its own. */
  readonly partnerOf?: ((row: number, step: number, random: RandomSource) => number) | undefined;
  /** Targets of the clustering head for each modality, shape `[n, k]`. */
  readonly targets?: readonly DenseMatrix<Float32Array>[] | undefined;
}

/** Batches of objects, followed by their partners where these are drawn, with the noise of the step. */
export function dmimBatches(
  { network, samples }: Pick<Fit<DmimTypes>, 'network' | 'samples'>,
  { options, batchSize, random, partnerOf, targets }: DmimBatchOptions,
): BatchSource<DmimBatch> {
  const n = samples[0]!.x.shape[0]!;
  const data = samples.map((own, v) => rowsOf(own, targets?.[v]));
  const source = minibatches({ data, batchSize: Math.min(batchSize ?? n, n), dropLast: true, random });
  return {
    batch(step) {
      const own = random.fork(`step ${step}`);
      const objects = source.rows(step);
      const rows =
        partnerOf === undefined ? objects : withPartners(objects, (row) => partnerOf(row, step, own));
      const draw = () => seededNormal([rows.length, network.codeSize], own) as tf.Tensor2D;
      const inputs = { modalities: takeRows(data, rows), noise: samples.map(() => noiseOf(options, draw)) };
      return { inputs, dispose: () => tf.dispose(flattenTensors(inputs)) };
    },
  };
}

function noiseOf({ codes, superfluous }: HeadOptions, draw: () => tf.Tensor2D): DmimNoise {
  const categorical = superfluous === 'categorical';
  return {
    ...((categorical || codes === 'samples') && { code: draw() }),
    ...(categorical && { prior: draw() }),
  };
}

function rowsOf({ x, present }: DmimSamples, target: DenseMatrix<Float32Array> | undefined): DmimRows {
  return {
    x,
    mask: present && { shape: [present.length, 1], values: Float32Array.from(present) },
    target: target && { shape: [target.rows, target.columns], values: target.values },
  };
}
