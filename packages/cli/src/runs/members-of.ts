import type { ConsensusReport } from '@crossmodal/consensus';
import type { FittedClusterer } from '@crossmodal/core';
import type { MemberResult } from '../result.js';
import type { Warning } from '../warnings.js';

/** The members of a consensus, with what each counts; none of a method that has none. */
export function membersOf(fitted: FittedClusterer): readonly MemberResult[] | undefined {
  if (!hasMembers(fitted)) return undefined;
  const counts = new Map(fitted.support?.map(({ name, support, weight }) => [name, { support, weight }]));
  return fitted.members.map(({ name, seed, outcome }) => ({ name, seed, outcome, ...counts.get(name) }));
}

/** What is odd about the members: those that diverged. */
export function inspectMembers(fitted: FittedClusterer): readonly Warning[] {
  if (!hasMembers(fitted)) return [];
  return fitted.members.flatMap(({ name, outcome, reason }): Warning[] => {
    if (outcome === 'fitted') return [];
    const then = outcome === 'recovered' ? 'was finished from its last good state' : 'was left out';
    return [{ code: 'diverged-member', message: `member '${name}' diverged and ${then}: ${reason}` }];
  });
}

function hasMembers(fitted: FittedClusterer): fitted is FittedClusterer & ConsensusReport {
  return (
    'members' in fitted &&
    Array.isArray(fitted.members) &&
    fitted.members.every(
      (member: unknown) => typeof member === 'object' && member !== null && 'outcome' in member,
    )
  );
}
