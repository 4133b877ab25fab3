import { CrossmodalError, isCrossmodalError, type ErrorDetails } from './errors.js';
import type { FittedClusterer } from './estimator.js';
import type { MultiModalData } from './modality.js';

/** A state of a training: the one before a step. */
export interface TrainingPlace {
  /** Stage of the training. */
  readonly phase: string;
  /** Step of that stage, from 0, that had not been taken. */
  readonly step: number;
}

/** The parts of a {@link DivergedError}. */
export interface DivergedDetails<Data extends MultiModalData = never> extends Omit<ErrorDetails, 'code'> {
  /** See {@link DivergedError.lastGood}. */
  readonly lastGood?: TrainingPlace | undefined;
  /** See {@link DivergedError.recover}. */
  readonly recover?: (() => Promise<FittedClusterer<Data>>) | undefined;
}

/**
 * The `diverged` error of a training: which loss term or weights are no longer finite, at which step, and what is left.
 *
 * @typeParam Data - what the recovered model predicts; `never`, the default, where that is not known
 * @example
 * ```ts
 * const error = new DivergedError({
 *   where: 'train, step 7',
 *   expected: "a finite value of loss term 'reconstruction'",
 *   received: 'NaN',
 *   lastGood: { phase: 'train', step: 0 },
 * });
 * console.log(error.code, error.lastGood?.step); // diverged, 0
 * ```
 */
export class DivergedError<Data extends MultiModalData = never> extends CrossmodalError {
  /** The last state from which every loss was finite, the state of the start if need be; undefined when there was none or none was kept. */
  readonly lastGood: TrainingPlace | undefined;
  /**
   * Finishes the fit from the last good state: the stage that diverged ends there, those that follow run, and one of them that diverges ends in its own
   * last good state. The fitted model, whose history lacks the lost steps, predicts, is saved and is disposed of like any other. Each call makes one,
   * which the caller owns; without a call there is nothing to dispose of.
   *
   * Only errors of a `fit` have it, and only with a good state.
   */
  readonly recover: (() => Promise<FittedClusterer<Data>>) | undefined;

  constructor({ lastGood, recover, ...details }: DivergedDetails<Data>) {
    super({ ...details, code: 'diverged' });
    this.lastGood = lastGood;
    this.recover = recover;
  }
}

/**
 * Whether a value is a {@link DivergedError}; safe across duplicated packages.
 *
 * @typeParam Data - the kind of data that was fitted, which an error does not tell: needed to predict by the recovered model
 */
export function isDivergedError<Data extends MultiModalData = never>(
  value: unknown,
): value is DivergedError<Data> {
  return isCrossmodalError(value, 'diverged') && 'lastGood' in value;
}
