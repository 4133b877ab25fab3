import { CrossmodalError } from '@crossmodal/core';
import type { TermAdjustment } from '@crossmodal/losses';
import type { AutoencoderState } from './autoencoder-player.js';
import type { CriticState } from './critic-player.js';
import type { GeneratorState } from './generator-player.js';

/**
 * Changes to the loss terms of {@link createCycleTraining}: `reconstruction` of the autoencoders, `critic` of the critics, `adversarial` and `cycle` of the
 * generators. One that is added belongs to the autoencoders' steps in the game, or to those of the player that it names.
 */
export type CycleTerm =
  | (TermAdjustment<AutoencoderState> & { readonly player?: 'autoencoders' })
  | (TermAdjustment<CriticState> & { readonly player: 'critics' })
  | (TermAdjustment<GeneratorState> & { readonly player: 'generators' });

/** The term of the autoencoders, which pre-training has too. */
const RECONSTRUCTION = 'reconstruction';

/** Terms of critics and generators. */
const GAME_TERMS: readonly string[] = ['critic', 'adversarial', 'cycle'];

/** Whether autoencoders are not to rebuild anything. */
export function leavesOutReconstruction(terms: readonly CycleTerm[]): boolean {
  return terms.some(({ name, weight }) => name === RECONSTRUCTION && weight === 0);
}

/** Whether a change adds a term to the autoencoders' steps. */
export function isOfAutoencoders({ name, weight, value, player }: CycleTerm): boolean {
  const owner = player ?? (GAME_TERMS.includes(name) ? 'game' : 'autoencoders');
  return value !== undefined && weight !== 0 && owner === 'autoencoders';
}

/** Changes to the terms of the pre-training. */
export function pretrainingTerms(terms: readonly CycleTerm[]): readonly CycleTerm[] {
  return terms.filter(({ name }) => name === RECONSTRUCTION);
}

/**
 * Refuses changes that nothing would use, where the game is not played.
 *
 * @throws CrossmodalError `option` naming the first one.
 */
export function refuseGameTerms(where: string, terms: readonly CycleTerm[]): void {
  const unused = terms.find(({ name, weight }) => name !== RECONSTRUCTION || weight === 0);
  if (unused === undefined) return;
  throw new CrossmodalError({
    code: 'option',
    where: `${where} option 'terms'`,
    expected: `'${RECONSTRUCTION}' alone and with a weight, where no game is played`,
    received: `'${unused.name}'`,
    advice: 'A game needs two modalities that take part, and one epoch at least.',
  });
}
