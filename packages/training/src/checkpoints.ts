import { DivergedError, type TrainingPlace } from '@crossmodal/core';
import type { Module } from '@crossmodal/tensors';
import { captureState, type ModuleState } from '@crossmodal/tensors';
import { restoreState } from '@crossmodal/tensors';

/** What is kept while a loop runs. */
export interface CheckpointOptions {
  /** Everything that a restart needs: the model's modules, and the training steps for their optimisers. */
  readonly modules: readonly Pick<Module, 'variables'>[];
  /** Steps between copies. @defaultValue 50 */
  readonly every?: number;
}

/** Keeps the last state from which every loss was finite; several loops in a row may share it. */
export interface Checkpoints {
  /** Copies the state before a step, when its turn has come and the last copy has been judged. */
  before(phase: string, step: number): Promise<void>;
  /**
   * Says that the losses of a step were finite; the copy is good when all of a round were.
   *
   * @param round - steps until every player of an alternation has had its turn; 1 without one
   */
  accept(round: number): void;
  /** Puts the last good state back and makes the error that says so, and which it is. */
  diverged(phase: string, step: number, term: string, value: number): DivergedError;
  /**
   * Looks at the weights that the last step left, which no loss has seen.
   *
   * @throws DivergedError when one is not finite; the last good state is put back.
   */
  finish(phase: string, steps: number): Promise<void>;
}

interface Copy {
  readonly place: TrainingPlace;
  readonly states: readonly ModuleState[];
  /** Steps in a row that were finite since. */
  finite: number;
}

/**
 * Begins to keep the states of modules. Give it to every loop of a training that comes in stages, so that the first step of a stage can go
 * back to the stage before.
 */
export function checkpoints({ modules, every = 50 }: CheckpointOptions): Checkpoints {
  let candidate: Copy | undefined;
  let good: Copy | undefined;
  let calls = 0;
  const capture = async () => {
    const states: ModuleState[] = [];
    for (const module of modules) states.push(await captureState(module));
    return states;
  };
  const failure = (phase: string, step: number, expected: string, received: string) => {
    good?.states.forEach((state, index) => restoreState(modules[index]!, state));
    candidate = undefined;
    const place = good?.place;
    const kept = place && ` The state before ${place.phase}, step ${place.step} was put back.`;
    return new DivergedError({
      where: `${phase}, step ${step}`,
      expected,
      received,
      advice: `Lower the learning rate, or scale the data.${kept ?? ''}`,
      lastGood: place,
    });
  };
  return {
    async before(phase, step) {
      // Calls are counted, not steps, which begin anew with each stage.
      const due = calls++ % every === 0;
      if (!due || candidate !== undefined) return;
      const states = await capture();
      // In an alternation, weights that one player has spoilt may be unseen in the losses of the others.
      if (worstOf(states) !== undefined) return;
      candidate = { place: { phase, step }, states, finite: 0 };
      // Before the first step there is nothing better to go back to.
      good ??= candidate;
    },
    accept(round) {
      if (candidate === undefined || ++candidate.finite < round) return;
      good = candidate;
      candidate = undefined;
    },
    diverged: (phase, step, term, value) =>
      failure(phase, step, `a finite value of loss term '${term}'`, String(value)),
    async finish(phase, steps) {
      const worst = worstOf(await capture());
      if (worst === undefined) return;
      throw failure(phase, steps - 1, 'finite weights after the last step', String(worst));
    },
  };
}

/** A value that is not finite, if there is one. */
function worstOf(states: readonly ModuleState[]): number | undefined {
  for (const state of states) {
    for (const { values } of Object.values(state)) {
      const worst = values.find((value) => !Number.isFinite(value));
      if (worst !== undefined) return worst;
    }
  }
  return undefined;
}
