import type { DenseMatrix, Matrix } from './matrix.js';
import type { MultiModalData } from './modality.js';

/** One report of a running fit. */
export interface ProgressEvent {
  /** Stage of the fit, such as `pretrain`, `train`, `affinity`, `assign`. */
  readonly phase: string;
  /** Steps done in this phase, from 0. */
  readonly step: number;
  /** Steps planned in this phase. */
  readonly steps: number;
  /** Unweighted value of each loss term, by name, when the phase has losses. */
  readonly losses?: Readonly<Record<string, number>>;
  /** What is about to be done and about what it takes, in words, where the size of the data decides. */
  readonly note?: string;
}

/** What every fit takes. */
export interface FitOptions {
  /** Number of clusters, 1..n. */
  readonly clusters: number;
  /** Seed of everything random, `0..2^32-1`. @defaultValue 0 */
  readonly seed?: number;
  /** Stops the fit with an `aborted` error. */
  readonly signal?: AbortSignal;
  /** Called as the fit advances; it must not throw. */
  readonly onProgress?: (event: ProgressEvent) => void;
}

/** One row of a training history: unweighted loss terms by name. */
export interface HistoryEntry {
  readonly phase: string;
  readonly step: number;
  readonly losses: Readonly<Record<string, number>>;
}

/** Seconds spent in each stage of a fit. */
export interface FitSeconds {
  /** Training, or feature preparation where there is none. */
  readonly fit: number;
  /** From representations to the affinity. */
  readonly affinity: number;
  /** From the affinity to labels. */
  readonly assign: number;
}

/**
 * The outcome of a fit.
 *
 * @typeParam Data - what it predicts, as a parameter: a model of paired data does not take mixed data. `never`, the default, stands for
 * any model, of which everything but `predict` can be used
 */
export interface FittedClusterer<Data extends MultiModalData = never> {
  /** Method name, such as `dmsc`. */
  readonly method: string;
  /** Cluster of each object, `0..clusters-1`, length `n`. */
  readonly labels: Int32Array;
  /** Soft assignment, shape `[n, clusters]`, rows sum to 1, where the method gives one. */
  readonly memberships?: DenseMatrix;
  /** How much each modality counted, by name, sum 1, where the method weighs modalities. */
  readonly modalityWeights?: Readonly<Record<string, number>>;
  /** Representation that was clustered, shape `[n, q]`. */
  readonly embedding: DenseMatrix;
  /** Affinity between objects, shape `[n, n]`, symmetric and non-negative, where the method has one. */
  readonly affinity?: Matrix;
  /** Loss terms over training; empty for methods that do not train. */
  readonly history: readonly HistoryEntry[];
  /** Wall time by stage. */
  readonly seconds: FitSeconds;
  /** Every option that means something in this fit, defaults resolved. */
  readonly options: Readonly<Record<string, unknown>>;
  /** Clusters of new objects, which must have the same modalities. A property, for the reason that {@link Clusterer.fit} has. */
  readonly predict: (data: Data) => Promise<Int32Array>;
  /**
   * Writes the fitted model into a directory, whole or not at all, with a list of its files and their checksums.
   *
   * @throws CrossmodalError `state` when the directory holds anything but an unchanged model that was saved before, or cannot be written.
   */
  save(directory: string): Promise<void>;
  /** Frees what the model holds; calling it twice is harmless. */
  dispose(): void;
}

/**
 * A clustering method over one kind of data.
 *
 * @typeParam Data - what it clusters, as a parameter: a `Clusterer<Paired>` is no `Clusterer<MultiModalData>`, which would have to take
 * mixed data too
 */
export interface Clusterer<
  Data extends MultiModalData,
  Fitted extends FittedClusterer<Data> = FittedClusterer<Data>,
> {
  /** Method name, such as `exact`. */
  readonly method: string;
  /** Clusters the data. A property, since the parameters of methods are not checked strictly. */
  readonly fit: (data: Data, options: FitOptions) => Promise<Fitted>;
}
