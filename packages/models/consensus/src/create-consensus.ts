import type { Clusterer, Paired } from '@crossmodal/core';
import type { FittedMethod } from '@crossmodal/method';
import { consensusMethod } from './consensus-method.js';
import type { MemberMethods } from './members/member-method.js';
import { memberResolver } from './members/member-resolver.js';
import type { ConsensusOptions, ConsensusTypes } from './types.js';

/** A clustering by {@link createConsensus}: `members` tells how each fit went, `support` what each member counts; `history` is empty. */
export type FittedConsensus = FittedMethod<ConsensusTypes>;

/**
 * The consensus of several methods and seeds: each member clusters the data, members are weighed by how far they agree with each other, and the weighted
 * graphs and partitions together are clustered by the heat-weighted spectral embedding of {@link consensus} in `@crossmodal/spectral`.
 *
 * No labels are used. `memberships` are the weighted votes of the members for the clusters of the consensus, `[n, k]`; new samples go to the cluster with the
 * most of them. A member that diverges is finished from its last good state, or left out where it has none: `members` of the fitted model tells which.
 * Every member's model is part of the saved model. Objects are worked on in an order of their own, so the order of the rows does not matter.
 *
 * @param methods - methods that members may name beside `exact`, `dmim`, `dmsc` and `eamc`
 * @throws CrossmodalError `option` naming the first option that is wrong or unknown.
 * @example
 * ```ts
 * import { randomSource } from '@crossmodal/core';
 * import { gaussianBlobs } from '@crossmodal/datasets';
 *
 * const modalities = [{ dimension: 8 }, { dimension: 6 }];
 * const { data } = gaussianBlobs({ n: 60, clusters: 3, modalities, random: randomSource(1) });
 * const members = ['exact', { method: 'dmsc', seeds: 2, options: { epochs: 5 } }];
 * const fitted = await createConsensus({ members }).fit(data, { clusters: 3, seed: 1 });
 * for (const { name, support, weight } of fitted.support ?? []) console.log(name, support, weight);
 * fitted.dispose();
 * ```
 */
export function createConsensus(
  options: ConsensusOptions = {},
  methods: MemberMethods = {},
): Clusterer<Paired, FittedConsensus> {
  return consensusMethod(memberResolver(methods)).create(options);
}
