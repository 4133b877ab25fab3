import type { DenseMatrix, FitSeconds, HistoryEntry } from '@crossmodal/core';
import type { DmimNetwork } from './create-network.js';
import type { DmimInput } from './dmim-input.js';
import type { ResolvedDmimOptions } from './dmim-options.js';

/** Everything that a fitted model is. */
export interface DmimState {
  readonly resolved: ResolvedDmimOptions;
  readonly clusters: number;
  readonly seed: number;
  /** Of every modality of the fit. */
  readonly inputs: readonly DmimInput[];
  /** Weights of the modalities, by which memberships are averaged; those of weight 0 are not in the network. */
  readonly weights: readonly number[];
  readonly network: DmimNetwork;
  readonly labels: Int32Array;
  readonly memberships: DenseMatrix<Float32Array>;
  readonly embedding: DenseMatrix<Float64Array>;
  readonly history: readonly HistoryEntry[];
  readonly seconds: FitSeconds;
}

/** Numbers of the modalities that are in the network, in its order. */
export function activeModalities(weights: readonly number[]): number[] {
  return weights.flatMap((weight, v) => (weight > 0 ? [v] : []));
}
