import { createCmscDcca } from '@crossmodal/cmsc-dcca';
import type { Clusterer, Paired } from '@crossmodal/core';
import { createDmim } from '@crossmodal/dmim';
import { createDmsc } from '@crossmodal/dmsc';
import { createEamc } from '@crossmodal/eamc';
import { createExact } from '@crossmodal/exact';

/** Clusterers of paired data by the names that `--methods` takes. */
export const methods: Readonly<Record<string, () => Clusterer<Paired>>> = {
  C5: () => createExact(),
  R: () => createExact({ graphs: 'R' }),
  F2: () => createExact({ graphs: 'F2' }),
  dmsc: () => createDmsc(),
  'cmsc-dcca': () => createCmscDcca(),
  'cmsc-dcca-k-means': () => createCmscDcca({ selfExpression: false }),
  dmim: () => createDmim(),
  eamc: () => createEamc(),
};

/** The same clusterers where one modality is left, which has nothing to correlate with; none where a method needs two. */
export const alone: Readonly<Record<string, () => Clusterer<Paired>>> = {
  ...methods,
  'cmsc-dcca': () => createCmscDcca({ correlation: false }),
  'cmsc-dcca-k-means': () => createCmscDcca({ selfExpression: false, correlation: false }),
};
