import { CrossmodalError } from '@crossmodal/core';
import type { Module } from '@crossmodal/tensors';
import { captureState, type ModuleState } from './capture-state.js';
import { restoreState } from './restore-state.js';

/** What is kept while a loop runs. */
export interface CheckpointOptions {
  /** Everything that a restart needs: the model's modules, and the training step for its optimisers. */
  readonly modules: readonly Pick<Module, 'variables'>[];
  /** Steps between copies. @defaultValue 50 */
  readonly every?: number;
}

/** Keeps the last state from which every loss was finite. */
export interface Checkpoints {
  /** Copies the state before a step, when its turn has come. */
  before(step: number): Promise<void>;
  /** Takes the copy as good: the losses computed from it were finite. */
  accept(): void;
  /** Puts the last good state back and makes the error that says so. */
  diverged(phase: string, step: number, term: string, value: number): CrossmodalError;
}

/** Begins to keep the states of modules. */
export function checkpoints({ modules, every = 50 }: CheckpointOptions): Checkpoints {
  interface Copy {
    readonly step: number;
    readonly states: readonly ModuleState[];
  }
  let candidate: Copy | undefined;
  let good: Copy | undefined;
  return {
    async before(step) {
      if (step % every !== 0) return;
      const states: ModuleState[] = [];
      for (const module of modules) states.push(await captureState(module));
      candidate = { step, states };
      // Before the first step there is nothing better to go back to.
      good ??= candidate;
    },
    accept() {
      good = candidate ?? good;
      candidate = undefined;
    },
    diverged(phase, step, term, value) {
      good?.states.forEach((state, index) => restoreState(modules[index]!, state));
      const kept = good === undefined ? '' : ` The state before step ${good.step} was put back.`;
      return new CrossmodalError({
        code: 'diverged',
        where: `${phase}, step ${step}`,
        expected: `a finite value of loss term '${term}'`,
        received: String(value),
        advice: `Lower the learning rate, or scale the data.${kept}`,
      });
    },
  };
}
