import type { Term } from '@crossmodal/losses';
import type { Module } from '@crossmodal/tensors';
import type { Optimiser } from '../optimisers/optimiser.js';
import type { Schedule } from '../schedules/schedule.js';

/** Modules that move together, by one rule at one rate. */
export interface PlayerGroup {
  /** Their trainable variables are changed. */
  readonly modules: readonly (Pick<Module, 'trainable'> & Partial<Pick<Module, 'variables'>>)[];
  /** The rule that changes them. */
  readonly optimiser: Optimiser;
  /** Learning rate, constant or by step. */
  readonly rate: Schedule | number;
}

/**
 * One side of a training: which modules move, by which terms. A training of one objective has one player; adversaries are two that take turns.
 *
 * @typeParam Batch - tensors in records and lists
 * @typeParam State - what the forward pass makes of them; terms see nothing else
 */
export interface Player<Batch, State> {
  /** Name, by which a term that is added finds its player. */
  readonly name: string;
  /** Who moves. */
  readonly groups: readonly PlayerGroup[];
  /** Makes the state of a batch, in tensor operations only. */
  readonly forward: (batch: Batch) => State;
  /** The weighted sum of these is made smaller. */
  readonly terms: readonly Term<State>[];
  /** Steps in a row before the next player's turn, 1 or more. @defaultValue 1 */
  readonly times?: number;
  /** Largest global norm of the player's gradients, above 0. @defaultValue none */
  readonly clipNorm?: number | undefined;
  /** Runs after each of its updates, in tensor operations only: clipping a critic's weights, say. */
  readonly afterUpdate?: () => void;
}

/** A player whose state only it knows. */
export type AnyPlayer<Batch> = Player<Batch, never>;

/**
 * A player of a training with others, whose states differ: its terms are checked against its own state, which the others need not know.
 *
 * @example
 * ```ts
 * import { tf } from '@crossmodal/tensors';
 * import { sgd } from '@crossmodal/training';
 * const w = tf.variable(tf.scalar(3));
 * const model = { trainable: [w], variables: [w], dispose: () => w.dispose() };
 * const fitter = player({
 *   name: 'fitter',
 *   groups: [{ modules: [model], optimiser: sgd(), rate: 0.1 }],
 *   forward: ({ x }: { readonly x: tf.Tensor }) => ({ error: tf.sub(x, w) }),
 *   terms: [{ name: 'error', weight: 1, value: ({ error }) => tf.sum(tf.square(error)) as tf.Scalar }],
 * });
 * console.log(fitter.name);
 * w.dispose();
 * ```
 */
export function player<Batch, State>(definition: Player<Batch, State>): AnyPlayer<Batch> {
  return definition as unknown as AnyPlayer<Batch>;
}
