import { paired } from '@crossmodal/core';
import type { FittedMember, MemberResolver } from '../members/member-method.js';
import type { ConsensusPrepared, MemberNetwork } from '../types.js';

/** The members of a fitted consensus; their models stay loaded from the first new samples on until they are disposed of. */
export function memberNetwork(
  resolve: MemberResolver,
  { models }: ConsensusPrepared,
  clusters: number,
): MemberNetwork {
  const loaded: FittedMember[] = [];
  let loading: Promise<void> | undefined;
  const dispose = () => {
    for (const member of loaded.splice(0)) member.dispose();
    loading = undefined;
  };
  const load = async () => {
    try {
      for (const { method, bytes } of models) loaded.push(await (await resolve(method)).load(bytes));
    } catch (error) {
      dispose();
      throw error;
    }
  };
  return {
    trainable: [],
    variables: [],
    clusters,
    dispose,
    async assign(modalities) {
      await (loading ??= load());
      const data = paired(modalities);
      const clusterings = [];
      for (const [m, member] of loaded.entries())
        clusterings.push({ name: models[m]!.name, labels: await member.predict(data), partitions: [] });
      return clusterings;
    },
  };
}
