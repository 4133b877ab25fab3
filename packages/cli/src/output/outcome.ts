import type { FittedClusterer, MultiModalData } from '@crossmodal/core';
import type { LabelArray } from '@crossmodal/io';
import type { ClusterResult } from '../result.js';

/** What a clustering leaves behind. */
export interface Outcome {
  readonly data: MultiModalData;
  readonly fitted: FittedClusterer;
  readonly result: ClusterResult;
  readonly truth?: LabelArray;
}
