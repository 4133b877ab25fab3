import type { Training, ResolvedOptions } from '@crossmodal/method';
import { defaultTrainingOptions } from '../options.js';
import type { DmimHelpers, DmimTypes } from '../types.js';
import { overclusterStage } from './overcluster-stage.js';
import { refineStage } from './refine-stage.js';

/**
 * First the overclustering head alone, from the means of small clusters or from random weights, whose overclusters are merged into k clusters; of
 * several starts the one with most information goes on. Then both heads, with the merged clusters as first targets of the clustering head.
 *
 * Mutual information of few clusters has many local optima in which two clusters share an output; that of many clusters has fewer, and
 * merging undoes them. Without an overclustering head all steps are of the clustering head, with targets of its own.
 */
export const defaultTraining: Training<DmimTypes, ResolvedOptions<typeof defaultTrainingOptions>> = {
  options: defaultTrainingOptions,
  createHelpers: (): DmimHelpers => ({ variables: [], dispose() {} }),
  stages: [overclusterStage, refineStage],
};
