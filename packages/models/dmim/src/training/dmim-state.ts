import type { SampleArray } from '@crossmodal/core';
import type { ClusteringOutputs } from '@crossmodal/encoders';
import type { NamedModality, PairsState } from '@crossmodal/losses';
import type { tf, TensorsOf } from '@crossmodal/tensors';

/** What the terms of the objective see of one modality in a batch of m rows. */
export interface DmimModalityState extends ClusteringOutputs, NamedModality {
  /** Which rows are present, `[m, 1]` of 0 and 1; undefined where all are. */
  readonly mask: tf.Tensor | undefined;
  /** What the clustering head is asked for, `[m, k]`; only in rounds with targets. */
  readonly target: tf.Tensor2D | undefined;
  /** Draws of this step. */
  readonly noise: DmimNoise;
}

/** Standard normal draws of one step and modality, `[m, q]` each for codes of q dimensions; only where something reads them. */
export interface DmimNoise {
  /** Epsilon of the codes. */
  readonly code?: tf.Tensor2D;
  /** Codes of the prior, which the categorical bound compares. */
  readonly prior?: tf.Tensor2D;
}

/** What the terms of the objective see of a batch: the modalities of the network, and the pairs of these with their weights. */
export interface DmimState extends PairsState<DmimModalityState> {
  /** Rows `[m, ...]` of partners in the place of their objects; the rows as they are where every object is its own partner. */
  readonly partners: (rows: tf.Tensor) => tf.Tensor;
}

/** Rows of one modality, as training takes them. */
export interface DmimRows {
  readonly x: SampleArray;
  /** Shape `[n, 1]`. */
  readonly mask: SampleArray | undefined;
  /** Shape `[n, k]`. */
  readonly target: SampleArray | undefined;
}

/** What a step is given, one of each per modality of the network. */
export interface DmimBatch {
  readonly modalities: readonly TensorsOf<DmimRows>[];
  readonly noise: readonly DmimNoise[];
}
