import type { InputDescription, Modality, ProgressEvent, RandomSource } from '@crossmodal/core';
import type * as z from 'zod';
import type { FitPause } from '../fit/fit-pause.js';
import type { MethodTypes } from './method-types.js';
import type { Slot } from './slot.js';

/** What {@link Preparation.fit} is given beside the modalities. */
export interface PreparationContext<Options> {
  readonly options: Options;
  readonly clusters: number;
  readonly random: RandomSource;
  readonly signal?: AbortSignal | undefined;
  /** Hears what fits inside the preparation report. */
  readonly onProgress?: ((event: ProgressEvent) => void) | undefined;
  /** Reports progress, lets the event loop turn, and hears an abort. */
  readonly pause: FitPause;
}

/** The outcome of {@link Preparation.fit}. */
export interface PreparedData<M extends MethodTypes> {
  /** What was learned, for new samples. */
  readonly prepared: M['prepared'];
  /** The training samples. */
  readonly samples: M['samples'];
  /** What is known of them besides. */
  readonly structure: M['structure'];
  /** Options that the preparation decided, as the fitted model reports them. @defaultValue none */
  readonly options?: object;
}

/** First part of a method: modalities become what the network sees. */
export interface Preparation<M extends MethodTypes, Options = unknown> extends Slot<Options> {
  /** Checks what was learned when a model is loaded. */
  readonly schema: z.ZodType;
  /**
   * Learns from the training modalities.
   *
   * @param modalities - in canonical order of the rows
   */
  fit(
    modalities: readonly Modality[],
    context: PreparationContext<Options>,
  ): Promise<PreparedData<M>> | PreparedData<M>;
  /** Applies what was learned to new samples, modalities in the order of the fit. */
  apply(
    prepared: M['prepared'],
    modalities: readonly Modality[],
    options: Options,
  ): Promise<M['samples']> | M['samples'];
  /** The modalities that new samples must have. */
  inputs(prepared: M['prepared'], options: Options): readonly InputDescription[];
}
