import { CrossmodalError } from '@crossmodal/core';

/**
 * Refuses generators that would map without having been trained or aligned.
 *
 * @param aligned - whether they start from an alignment
 * @throws CrossmodalError `option` when samples are to be unified by them.
 */
export function checkMaps(
  where: string,
  { unify, adversarial }: { readonly unify: boolean; readonly adversarial: boolean },
  aligned: boolean,
): void {
  if (!unify || adversarial || aligned) return;
  throw new CrossmodalError({
    code: 'option',
    where: `${where} option 'adversarial'`,
    expected: "true, or 'unify' false: maps that nothing has trained or aligned unify nothing",
    received: 'false',
  });
}
