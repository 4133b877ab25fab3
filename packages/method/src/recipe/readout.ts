import type { CsrMatrix, DenseMatrix, RandomSource } from '@crossmodal/core';
import type * as z from 'zod';
import type { FitPause } from '../fit/fit-pause.js';
import type { Slot } from './slot.js';

/** What {@link Readout.fit} is given beside the representation. */
export interface ReadoutContext<Options> {
  readonly options: Options;
  readonly clusters: number;
  readonly random: RandomSource;
  readonly signal?: AbortSignal | undefined;
  /** Reports progress and hears an abort; phases `affinity` and `assign` are timed apart. */
  readonly pause: FitPause;
}

/** Clusters of the training samples. */
export interface Assigned<State> {
  /** In `0..clusters-1`, length `n`. */
  readonly labels: Int32Array;
  /** What was clustered, shape `[n, q]`. */
  readonly embedding: DenseMatrix;
  /** Shape `[n, n]`; left out where there is no graph. */
  readonly affinity?: CsrMatrix<Float32Array>;
  /** Shape `[n, clusters]`, rows sum to 1; left out where assignment is hard. */
  readonly memberships?: DenseMatrix<Float32Array>;
  /** What new samples are assigned by: plain data, saved with the model. */
  readonly state: State;
  /**
   * Whether labels depend on more than the sample alone, such as the order among equally strong edges: equal samples then share their most
   * frequent label.
   *
   * @defaultValue false
   */
  readonly dependsOnOthers?: boolean;
  /** What the fitted model tells of this readout, beside what the method reports: plain data. @defaultValue nothing */
  readonly report?: object;
}

/** What {@link Readout.predict} is given beside the representation of new samples. */
export interface FittedReadout<State, Options> {
  readonly state: State;
  /** Clusters of the training samples, rows in the order of the fit. */
  readonly labels: Int32Array;
  /** Their embedding, likewise. */
  readonly embedding: DenseMatrix;
  readonly clusters: number;
  readonly options: Options;
}

/** Clusters of new samples. */
export interface Prediction {
  /** Length `m`. */
  readonly labels: Int32Array;
  /** In the space of the fit's embedding, shape `[m, q]`. */
  readonly embedding: DenseMatrix;
  /** Shape `[m, clusters]`, where the readout gives memberships. */
  readonly memberships?: DenseMatrix<Float32Array>;
}

/**
 * Last part of a method: representation to clusters, and how new samples find theirs.
 *
 * @typeParam Seen - what it must know of samples, as a parameter: one that asks for the embedding alone suits every method, one that asks for
 * more than the method's network says suits none
 */
export interface Readout<in Seen, State = unknown, Options = unknown> extends Slot<Options> {
  /** Name, by which a saved model asks for it. */
  readonly name: string;
  /** Checks the state when a model is loaded. */
  readonly schema: z.ZodType;
  /** What the training must keep for it, such as `coefficients`. @defaultValue nothing */
  needs?(options: Options): readonly string[];
  /** What its report consists of; saved models are checked by it, and what it does not name is not told. @defaultValue it reports nothing */
  readonly reportSchema?: z.ZodType;
  /** Clusters the training samples. */
  fit(seen: Seen, context: ReadoutContext<Options>): Promise<Assigned<State>> | Assigned<State>;
  /** Assigns new samples, of which there is one at least. */
  predict(seen: Seen, fitted: FittedReadout<State, Options>): Promise<Prediction> | Prediction;
  /** Whether a state fits the training samples; `columns` are those of their embedding. @defaultValue it does */
  fits?(
    state: State,
    facts: { readonly n: number; readonly clusters: number; readonly columns: number },
  ): boolean;
}
