import { CrossmodalError, paired, sampleShape, type Modality } from '@crossmodal/core';
import type { PreparationContext, PreparedData } from '@crossmodal/method';
import type { MemberMethod, MemberResolver } from '../members/member-method.js';
import { listMembers, type Member } from '../members/list-members.js';
import type { InputOptions } from '../options.js';
import type { ConsensusTypes, FittedModel, MemberOutcome } from '../types.js';
import { clusterByMember, type MemberClustering } from './cluster-by-member.js';
import { fitMember } from './fit-member.js';

/**
 * Fits the members one after the other, and keeps what each says of the samples and its model as bytes.
 *
 * @throws CrossmodalError `diverged` when no member is left; what a member throws for another reason.
 */
export async function fitMembers(
  resolve: MemberResolver,
  modalities: readonly Modality[],
  { options, random, ...context }: PreparationContext<InputOptions>,
): Promise<PreparedData<ConsensusTypes>> {
  const members = listMembers(options.members!, random);
  // All are found, and their options checked, before the first is fitted.
  const methods: MemberMethod[] = [];
  for (const { method, options: own } of members) {
    const found = await resolve(method);
    found.create(own);
    methods.push(found);
  }
  const data = paired(modalities);
  const clusterings: MemberClustering[] = [];
  const models: FittedModel[] = [];
  const outcomes: MemberOutcome[] = [];
  for (const [m, member] of members.entries()) {
    await context.pause(`${member.name}, start`, m, members.length);
    const fit = await fitMember(member, methods[m]!, data, context);
    outcomes.push(outcomeOf(member, fit));
    if (fit.outcome === 'left out') continue;
    try {
      clusterings.push(
        clusterByMember(member.name, fit.fitted, {
          ...context,
          reclusterings: options.reclusterings,
          random: random.fork(`partitions ${member.method} ${member.seed}`),
        }),
      );
      models.push({ name: member.name, method: member.method, bytes: await fit.fitted.toBytes() });
    } finally {
      fit.fitted.dispose();
    }
  }
  if (models.length === 0) refuseNone(outcomes);
  const described = modalities.map((modality) => ({ name: modality.name, shape: sampleShape(modality) }));
  return {
    prepared: { modalities: described, models, outcomes },
    samples: { modalities, clusterings },
    structure: undefined,
  };
}

function outcomeOf(
  { name, method, seed }: Member,
  fit: Awaited<ReturnType<typeof fitMember>>,
): MemberOutcome {
  const { outcome } = fit;
  return { name, method, seed, outcome, ...(fit.outcome !== 'fitted' && { reason: fit.reason }) };
}

function refuseNone(outcomes: readonly MemberOutcome[]): never {
  throw new CrossmodalError({
    code: 'diverged',
    where: 'consensus',
    expected: 'a member whose fit does not diverge',
    received: outcomes.map(({ name, reason }) => `${name} (${reason})`).join('; '),
    advice: 'Name other members.',
  });
}
