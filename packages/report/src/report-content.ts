import type { ImageModality, Matrix } from '@crossmodal/core';

/** A score, with its standard deviation when it is a mean over runs. */
export interface Score {
  readonly mean: number;
  /** Standard deviation over runs. */
  readonly std?: number;
}

/** One column of a score table. */
export interface ScoreColumn {
  /** Name under which each row holds its score. */
  readonly key: string;
  /** Heading. */
  readonly label: string;
  /** Spelled-out name, shown on hover and read out. */
  readonly title?: string;
  /** `share` is drawn with a bar over `0..1` and three decimals, `seconds` as a duration. @defaultValue 'share' */
  readonly kind?: 'share' | 'seconds';
}

/** One row of a score table. */
export interface ScoreRow {
  readonly name: string;
  /** A few words under the name. */
  readonly detail?: string;
  /** Scores by column key; what is left out is shown as a dash. */
  readonly scores: Readonly<Record<string, Score>>;
  /** Whether the row is what the report is about, rather than a comparison. @defaultValue false */
  readonly emphasis?: boolean;
}

/** Scores of several methods, one a row. */
export interface ScoreTable {
  /** What the figures are: runs, seeds, how a run was picked. */
  readonly caption: string;
  readonly columns: readonly ScoreColumn[];
  readonly rows: readonly ScoreRow[];
}

/** One clustering to look at. */
export interface ClusteringView {
  /** Method, such as `exact`. */
  readonly name: string;
  /** A sentence under the name. */
  readonly note?: string;
  /** Cluster of each object, integers from 0, length `n`. */
  readonly labels: ArrayLike<number>;
  /** Affinity, shape `[n, n]`, drawn ordered by cluster. */
  readonly affinity?: Matrix;
  /** Images of the objects, of which some are shown for each cluster. */
  readonly images?: ImageModality;
  /** True class of each object, length `n`, for the contingency table and the strangers; never used to cluster. */
  readonly truth?: ArrayLike<number | string>;
}

/** Everything a report shows; what is left out is left out of the page. */
export interface ReportContent {
  readonly title: string;
  /** A sentence or two under the title. */
  readonly lead?: string;
  /** Small facts in a line: data, seed, backend, time. */
  readonly facts?: readonly { readonly label: string; readonly value: string }[];
  readonly scores?: ScoreTable;
  readonly clusterings: readonly ClusteringView[];
  /** Notes at the end: how to read the figures, what they do not say. */
  readonly notes?: readonly string[];
}
