import { CrossmodalError } from '@crossmodal/core';
import type { Dm2cTerm } from '../types.js';

/** The term of the autoencoders, which pre-training has too. */
const RECONSTRUCTION = 'reconstruction';

/** Changes to the terms of the pre-training. */
export function pretrainingTerms(terms: readonly Dm2cTerm[]): readonly Dm2cTerm[] {
  return terms.filter(({ name }) => name === RECONSTRUCTION);
}

/**
 * Refuses changes that nothing would use, where the game is not played.
 *
 * @throws CrossmodalError `option` naming the first one.
 */
export function refuseGameTerms(terms: readonly Dm2cTerm[]): void {
  const unused = terms.find(({ name }) => name !== RECONSTRUCTION);
  if (unused === undefined) return;
  throw new CrossmodalError({
    code: 'option',
    where: "dm2c option 'terms'",
    expected: `'${RECONSTRUCTION}' alone, where no game is played`,
    received: `'${unused.name}'`,
    advice: "A game needs two informative modalities, 'adversarial' true and 'epochs' of 1 or more.",
  });
}
