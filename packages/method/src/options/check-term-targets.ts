import { CrossmodalError } from '@crossmodal/core';
import type { MethodTypes } from '../recipe/method-types.js';
import type { Stage } from '../recipe/training.js';

/** What decides where a change to terms belongs. */
interface TermChange {
  readonly name: string;
  readonly player?: string;
  readonly value?: unknown;
}

/**
 * Refuses changes to terms that no stage would use: where nothing is trained, for a player that there is not, or with another weight for a term
 * that nobody has. A stage that does not say what its players are may use any.
 *
 * @throws CrossmodalError `option` naming what there is.
 */
export function checkTermTargets<M extends MethodTypes>(
  creator: string,
  terms: readonly TermChange[],
  stages: readonly Stage<M>[],
  options: unknown,
): void {
  if (terms.length === 0) return;
  const refuse = (expected: string, received: string): never => {
    throw new CrossmodalError({ code: 'option', where: `${creator} option 'terms'`, expected, received });
  };
  const known = new Map<string, Set<string>>();
  for (const stage of stages) {
    if (stage.players === undefined) return;
    for (const [player, names] of Object.entries(stage.players(options)))
      if (names !== undefined) known.set(player, new Set([...(known.get(player) ?? []), ...names]));
  }
  if (known.size === 0) refuse('a stage that takes changes to terms', 'none, so that no term would be used');
  for (const { name, player, value } of terms) {
    if (player !== undefined && !known.has(player))
      refuse(`one of the players ${listed(known.keys())}`, `'${player}' of term '${name}'`);
    const names = player === undefined ? [...known.values()].flatMap((own) => [...own]) : known.get(player)!;
    if (value === undefined && ![...names].includes(name))
      refuse(`a value with a new term, or one of ${listed(new Set(names))}`, `'${name}' without a value`);
  }
}

function listed(names: Iterable<string>): string {
  return [...names].map((name) => `'${name}'`).join(', ');
}
