import { CrossmodalError } from '@crossmodal/core';
import type { Term } from '@crossmodal/losses';
import type { Fit } from '@crossmodal/method';
import type { Module } from '@crossmodal/tensors';
import type { tf } from '@crossmodal/tensors';
import {
  adam,
  createTrainer,
  exchangePartners,
  player,
  type Schedule,
  type Trainer,
} from '@crossmodal/training';
import type { DmimTypes, WeightedPair } from '../types.js';
import type { DmimBatch, NoiseOptions } from './dmim-batches.js';
import type { DmimState } from './dmim-state.js';

/** What {@link dmimTrainer} takes beside the fit. */
export interface DmimTrainerOptions {
  /** Name of the player; an added term can ask for it. */
  readonly name: 'network' | 'overclusters';
  /** Players of all stages of the training that have run or run now. */
  readonly players?: readonly string[];
  /** Who moves. */
  readonly modules: readonly Module[];
  readonly rate: Schedule | number;
  readonly terms: readonly Term<DmimState>[];
  readonly codes: NoiseOptions['codes'];
  readonly pairs: readonly WeightedPair[];
  /** The share of each modality in terms that have one part per modality. */
  readonly weights: readonly number[];
  /** Whether batches hold objects and then their partners. */
  readonly partnered: boolean;
}

/** Compiles a training of the network, or of a part of it, with those of the caller's changes to terms that concern it. */
export function dmimTrainer(fit: Fit<DmimTypes>, options: DmimTrainerOptions): Trainer<DmimBatch> {
  const { name, modules, rate, terms } = options;
  return createTrainer<DmimBatch>({
    modules: [fit.network],
    adjustments: adjustmentsOf(fit.terms, options),
    players: [
      player({
        name,
        groups: [{ modules, optimiser: adam(), rate }],
        forward: (batch: DmimBatch) => forward(fit, batch, options),
        terms,
      }),
    ],
  });
}

/** Makes the state of a batch. */
export function forward(
  { network, samples }: Pick<Fit<DmimTypes>, 'network' | 'samples'>,
  { modalities }: DmimBatch,
  { codes, pairs, weights, partnered }: Pick<DmimTrainerOptions, 'codes' | 'pairs' | 'weights' | 'partnered'>,
): DmimState {
  return {
    modalities: modalities.map(({ x, mask, target, noise }, v) => ({
      ...network.apply(x, v, { training: true, mask }, codes === 'samples' ? noise.code : undefined),
      name: samples[v]!.name,
      weight: weights[v]!,
      mask,
      target: target as tf.Tensor2D | undefined,
      noise,
    })),
    pairs,
    partners: partnered ? exchangePartners : (rows) => rows,
  };
}

/**
 * The changes that concern a player: those that name it, and those without a name. Of the latter the training of overclusters, which comes
 * before the main one, has those of its own terms alone; the main one has all, and refuses what nobody has.
 */
function adjustmentsOf(
  adjustments: Fit<DmimTypes>['terms'],
  { name, players = [name], terms }: DmimTrainerOptions,
): Fit<DmimTypes>['terms'] {
  if (name === 'overclusters') {
    const own = terms.map((term) => term.name);
    return adjustments.filter((change) => change.player === name || (!change.player && own.includes(change.name)));
  }
  const stray = adjustments.find(({ player: asked }) => asked !== undefined && !players.includes(asked));
  if (stray === undefined) return adjustments.filter(({ player: asked = name }) => asked === name);
  throw new CrossmodalError({
    code: 'option',
    where: "createDmim option 'terms'",
    expected: `the player ${players.map((known) => `'${known}'`).join(' or ')} for '${stray.name}'`,
    received: `'${stray.player}'`,
  });
}
