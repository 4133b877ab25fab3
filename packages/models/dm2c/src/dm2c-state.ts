import type { DenseMatrix, FitSeconds, HistoryEntry } from '@crossmodal/core';
import type { Assignment } from './assignment.js';
import type { ResolvedDm2cOptions } from './dm2c-options.js';
import type { FeatureRecipe } from './modality-features.js';
import type { MixedNetwork } from './network/mixed-network.js';

/** Everything a fitted model consists of. */
export interface Dm2cState {
  readonly resolved: ResolvedDm2cOptions;
  readonly clusters: number;
  readonly seed: number;
  readonly recipes: readonly FeatureRecipe[];
  readonly network: MixedNetwork;
  /** Numbers of the modalities that took part in the game and the clustering. */
  readonly live: readonly number[];
  readonly assignment: Assignment;
  readonly labels: Int32Array;
  readonly embedding: DenseMatrix<Float64Array>;
  readonly history: readonly HistoryEntry[];
  readonly seconds: FitSeconds;
}
