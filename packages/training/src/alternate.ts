import { CrossmodalError } from '@crossmodal/core';
import type { CompiledStep } from '@crossmodal/tensors';

/** One player of an alternation. */
export interface Turn {
  /** One step, compiled. */
  readonly step: CompiledStep;
  /** Runs in a row before the next player's turn, 1 or more. @defaultValue 1 */
  readonly times?: number;
}

/** Steps that take turns, as one. */
export interface AlternatingStep extends CompiledStep {
  /** Runs until every player has had its turns. */
  readonly round: number;
}

/**
 * Joins steps that take turns, such as a generator's and a discriminator's, into one step for `fitLoop`.
 *
 * Run t goes to the player whose turn it is, round after round, from the first one on; its losses alone are returned. Every player gets
 * every input, so each can have a rate of its own. Disposing of the whole disposes of the players.
 *
 * @throws CrossmodalError `option` when there is no player or `times` is not a positive integer.
 */
export function alternate(turns: readonly Turn[]): AlternatingStep {
  if (turns.length === 0) refuse('one player at least', 'none');
  const round: CompiledStep[] = [];
  for (const { step, times = 1 } of turns) {
    if (!Number.isInteger(times) || times < 1) refuse("'times' of 1 or more, an integer", String(times));
    for (let i = 0; i < times; i++) round.push(step);
  }
  let runs = 0;
  return {
    round: round.length,
    run: (inputs) => round[runs++ % round.length]!.run(inputs),
    dispose() {
      for (const { step } of turns) step.dispose();
    },
  };
}

function refuse(expected: string, received: string): never {
  throw new CrossmodalError({ code: 'option', where: 'alternate', expected, received });
}
