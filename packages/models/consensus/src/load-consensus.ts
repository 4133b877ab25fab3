import type { LoadOptions } from '@crossmodal/method';
import { consensusMethod } from './consensus-method.js';
import type { FittedConsensus } from './create-consensus.js';
import type { MemberMethods } from './members/member-method.js';
import { memberResolver } from './members/member-resolver.js';
import type { ConsensusTypes } from './types.js';

/** Options of {@link loadConsensus}. */
export interface LoadConsensusOptions extends LoadOptions<ConsensusTypes> {
  /** Methods of the members beside `exact`, `dmim`, `dmsc` and `eamc`, by the names that they had in the fit. @defaultValue none */
  readonly methods?: MemberMethods;
}

/**
 * Reads a model that `save` of a {@link FittedConsensus} wrote into a directory, or `toBytes` as bytes; it predicts as before.
 *
 * @throws CrossmodalError `not-found`, `format` or `option`, as `Method.load` of `@crossmodal/method`; `option` too when the method of a member is missing.
 * @example
 * ```ts
 * const modalities = [{ dimension: 8 }, { dimension: 6 }];
 * const { data } = gaussianBlobs({ n: 40, clusters: 2, modalities, random: randomSource(1) });
 * await (await createConsensus({ members: 'exact:2' }).fit(data, { clusters: 2 })).save('consensus-model');
 * const labels = await (await loadConsensus('consensus-model')).predict(data);
 * ```
 */
export function loadConsensus(
  source: string | Uint8Array,
  { methods = {}, ...options }: LoadConsensusOptions = {},
): Promise<FittedConsensus> {
  return consensusMethod(memberResolver(methods)).load(source, options);
}
