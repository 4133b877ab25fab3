import type { DenseMatrix } from '@crossmodal/core';
import { likeliestClusters } from '@crossmodal/spectral';
import * as z from 'zod';
import type { Representation } from '../recipe/method-types.js';
import type { Readout } from '../recipe/readout.js';

/** What a network with a clustering head says of samples. */
export interface WithMemberships extends Representation {
  /** Soft assignment, shape `[n, clusters]`, rows sum to 1. */
  readonly memberships: DenseMatrix<Float32Array>;
}

/** Takes the likeliest cluster of each sample from the memberships of a clustering head; nothing is fitted. */
export const membershipReadout: Readout<WithMemberships, Record<string, never>> = {
  name: 'memberships',
  schema: z.strictObject({}),
  async fit({ embedding, memberships }, { pause }) {
    await pause('assign', 0, 1);
    const labels = likeliestClusters(memberships);
    await pause('assign', 1, 1);
    return { labels, embedding, memberships, state: {} };
  },
  predict: ({ embedding, memberships }) => ({
    labels: likeliestClusters(memberships),
    embedding,
    memberships,
  }),
};
