import type { Modality, RandomSource } from '@crossmodal/core';
import type { FitPause } from '../fit/fit-pause.js';
import type { Watch } from '../fit/record-history.js';
import type { MethodTypes } from './method-types.js';
import type { Slot } from './slot.js';

/** A fit in progress, as the stages of its training see it. */
export interface Fit<M extends MethodTypes> {
  /** Name of the method, for errors. */
  readonly method: string;
  /** The training modalities, rows in canonical order. */
  readonly modalities: readonly Modality[];
  readonly clusters: number;
  readonly prepared: M['prepared'];
  readonly samples: M['samples'];
  readonly structure: M['structure'];
  readonly network: M['network'];
  readonly helpers: M['helpers'];
  /** Changes to loss terms that the caller asks for; give them to the players of the training. */
  readonly terms: readonly M['term'][];
  /** The stream of this run; a stage forks its own by name. */
  readonly random: RandomSource;
  /** Begins the names of stages in history and progress where there are several runs, such as `run 2, `. */
  readonly label: string;
  /** Signal and listener for training loops; the steps that it hears are the history of the fit. */
  readonly watch: Watch;
  /** Reports a stage that has no losses, lets the event loop turn, and hears an abort. */
  readonly pause: FitPause;
  /** What the network says of the training samples, with the weights as they are now. */
  read(): Promise<M['seen']>;
  /**
   * Gives the network the values that it begins with from another start.
   *
   * @param start - its number, 0 for that of the run; the same number gives the same values
   */
  restart(start: number): Promise<void>;
}

/** Names of loss terms by player. */
export type StagePlayers = Readonly<Record<string, readonly string[] | undefined>>;

/** One stage of a training: it changes network and helpers in place. */
export interface Stage<in M extends MethodTypes, Options = unknown> {
  /** Name, by which a caller replaces it or leaves it out. */
  readonly name: string;
  /**
   * Names of the loss terms of each player, by its name, as far as changes to terms reach them; no players where they reach none, or options leave the
   * stage nothing to train. By them a change that fits nowhere is refused before a fit begins.
   *
   * @param options - as the caller gives them, with their defaults; what depends on the data is not filled in
   * @defaultValue unknown, so that a change that fits nowhere is refused only where a trainer is given it
   */
  players?(options: Options): StagePlayers;
  /** @throws DivergedError when a loss is not finite; CrossmodalError `aborted` when the signal fires. */
  run(fit: Fit<M>, options: Options): Promise<void>;
}

/** Several runs from different starts, of which the one of the smallest loss is kept. */
export interface Restarts<M extends MethodTypes, Options = unknown> {
  /** How many, 1 or more. */
  runs(options: Options): number;
  /** What decides between runs; it must not come from labels. */
  loss(fit: Fit<M>, options: Options): Promise<number>;
}

/** Third part of a method: stages in order. */
export interface Training<M extends MethodTypes, Options = unknown> extends Slot<Options> {
  readonly stages: readonly Stage<M, Options>[];
  /** What it keeps among its helpers that a readout may need, such as `coefficients`. @defaultValue nothing */
  keeps?(options: Options): readonly string[];
  /** Finds out, once for all runs, what the stages need to know of the training samples. @defaultValue what the inputs know */
  explore?(context: {
    readonly options: Options;
    readonly samples: M['samples'];
    readonly structure: M['structure'];
    readonly clusters: number;
    readonly random: RandomSource;
    readonly signal?: AbortSignal | undefined;
    readonly pause: FitPause;
  }): Promise<M['structure']>;
  /** Creates what the stages need beside the network. @defaultValue nothing */
  createHelpers?(context: {
    readonly options: Options;
    readonly samples: M['samples'];
    readonly n: number;
  }): M['helpers'];
  /** Runs after the last stage. */
  settle?(fit: Fit<M>, options: Options): Promise<void>;
  /** @defaultValue one run */
  readonly restarts?: Restarts<M, Options>;
}
