import type { tf } from '@crossmodal/tensors';
import type { DmimOutputs } from '../network/dmim-network.js';
import type { WeightedPair } from '../types.js';

/** What the terms of the objective see of one modality in a batch of m rows. */
export interface DmimModalityState extends DmimOutputs {
  /** Name of the modality. */
  readonly name: string;
  /** Its share in terms that have one part per modality. */
  readonly weight: number;
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
  readonly code?: tf.Tensor2D | undefined;
  /** Codes of the prior, which the categorical bound compares. */
  readonly prior?: tf.Tensor2D | undefined;
}

/** What the terms of the objective see of a batch. */
export interface DmimState {
  /** One per modality of the network. */
  readonly modalities: readonly DmimModalityState[];
  /** Pairs of these, and how much they count. */
  readonly pairs: readonly WeightedPair[];
  /** Rows `[m, ...]` of partners in the place of their objects; the rows as they are where every object is its own partner. */
  readonly partners: (rows: tf.Tensor) => tf.Tensor;
}
