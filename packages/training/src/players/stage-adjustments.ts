import { CrossmodalError } from '@crossmodal/core';

/** What decides which stage a change to terms is for. */
export interface NamedAdjustment {
  /** Name of the term. */
  readonly name: string;
  /** Player that it is for. @defaultValue whoever has the term, or the main stage's player */
  readonly player?: string;
}

/**
 * The changes to terms that concern a stage before the main one: those that name its player, and those of its own terms that name none.
 *
 * @param player - name of the stage's player
 * @param terms - its terms
 * @see {@link mainAdjustments}
 * @example
 * ```ts
 * const changes = [{ name: 'size', weight: 2 }, { name: 'mine', weight: 1 }];
 * console.log(stageAdjustments(changes, 'early', [{ name: 'size' }]).length); // 1
 * ```
 */
export function stageAdjustments<Adjustment extends NamedAdjustment>(
  adjustments: readonly Adjustment[],
  player: string,
  terms: readonly { readonly name: string }[],
): readonly Adjustment[] {
  return adjustments.filter(({ name, player: asked }) =>
    asked === undefined ? terms.some((term) => term.name === name) : asked === player,
  );
}

/**
 * The changes to terms that concern the main stage: those that name its player, and all that name none. Its trainer refuses those that fit nowhere.
 *
 * @param where - the function whose option the changes are, for errors
 * @param player - name of the main stage's player
 * @param others - names of the players of stages that ran before
 * @throws CrossmodalError `option` when a change names a player that there is not.
 * @example
 * ```ts
 * const changes = [{ name: 'size', weight: 2 }, { name: 'mine', weight: 1, player: 'early' }];
 * console.log(mainAdjustments('example', changes, 'main', ['early']).length); // 1
 * ```
 */
export function mainAdjustments<Adjustment extends NamedAdjustment>(
  where: string,
  adjustments: readonly Adjustment[],
  player: string,
  others: readonly string[] = [],
): readonly Adjustment[] {
  const players = [player, ...others];
  const stray = adjustments.find(({ player: asked = player }) => !players.includes(asked));
  if (stray === undefined) return adjustments.filter(({ player: asked = player }) => asked === player);
  throw new CrossmodalError({
    code: 'option',
    where: `${where} option 'terms'`,
    expected: `the player ${players.map((known) => `'${known}'`).join(' or ')} for '${stray.name}'`,
    received: `'${stray.player}'`,
  });
}
