import type { ClusteredDirections } from '@crossmodal/alignment';
import type { Readout } from '@crossmodal/method';
import * as z from 'zod';
import { graphOptions, kMeansOptions } from '../options.js';
import type { Dm2cSeen } from '../types.js';
import { unifiedKMeans, type CentreState } from './k-means.js';
import { unifiedGraph, type UnifiedGraphOptions } from './unified-graph.js';

const byCentres = unifiedKMeans(kMeansOptions);

/** The readout that suits what the inputs found: the graph with one basis for all images, k-means where clusters are round after a match by geometry. */
export const suitedReadout: Readout<Dm2cSeen, CentreState | ClusteredDirections, UnifiedGraphOptions> = {
  name: 'auto',
  options: graphOptions,
  schema: z.union([byCentres.schema, unifiedGraph.schema]),
  fit: (seen, context) => (seen.suits === 'graph' ? unifiedGraph : byCentres).fit(seen, context),
  predict: (seen, { state, ...fitted }) =>
    'centres' in state
      ? byCentres.predict(seen, { ...fitted, state })
      : unifiedGraph.predict(seen, { ...fitted, state }),
  fits: (state, facts) =>
    ('centres' in state ? byCentres.fits?.(state, facts) : unifiedGraph.fits?.(state, facts)) ?? true,
};
