import { createCmscDcca } from '@crossmodal/cmsc-dcca';
import type { Clusterer, Paired } from '@crossmodal/core';
import { createDmim } from '@crossmodal/dmim';
import { createDmsc } from '@crossmodal/dmsc';
import { createEamc } from '@crossmodal/eamc';
import { createExact } from '@crossmodal/exact';

/** Creates a clusterer; further options of the method may be given. */
export type CreateMethod = (options?: object) => Clusterer<Paired>;

/** Clusterers of paired data by the names that `--methods` takes. */
export const methods: Readonly<Record<string, CreateMethod>> = {
  C5: (options) => createExact(options),
  R: (options) => createExact({ graphs: 'R', ...options }),
  F2: (options) => createExact({ graphs: 'F2', ...options }),
  dmsc: (options) => createDmsc(options),
  'cmsc-dcca': (options) => createCmscDcca(options),
  'cmsc-dcca-k-means': (options) => createCmscDcca({ selfExpression: false, ...options }),
  dmim: (options) => createDmim(options),
  eamc: (options) => createEamc(options),
};

/** The same clusterers where one modality is left, which has nothing to correlate with; none where a method needs two. */
export const alone: Readonly<Record<string, CreateMethod>> = {
  ...methods,
  'cmsc-dcca': () => createCmscDcca({ correlation: false }),
  'cmsc-dcca-k-means': () => createCmscDcca({ selfExpression: false, correlation: false }),
};
