import {
  CrossmodalError,
  isCrossmodalError,
  isDivergedError,
  type FittedClusterer,
  type Paired,
} from '@crossmodal/core';
import type { PreparationContext } from '@crossmodal/method';
import type { FittedMember, MemberMethod } from '../members/member-method.js';
import type { Member } from '../members/list-members.js';

/** How the fit of a member ended. */
export type MemberFit =
  | { readonly outcome: 'fitted'; readonly fitted: FittedMember }
  | { readonly outcome: 'recovered'; readonly fitted: FittedMember; readonly reason: string }
  | { readonly outcome: 'left out'; readonly reason: string };

/**
 * Fits one member. One that diverges is finished from its last good state, or left out where it has none.
 *
 * @throws CrossmodalError of every other code, with the member's name.
 */
export async function fitMember(
  member: Member,
  method: MemberMethod,
  data: Paired,
  { clusters, signal, onProgress }: Pick<PreparationContext<unknown>, 'clusters' | 'signal' | 'onProgress'>,
): Promise<MemberFit> {
  const { name, options, seed } = member;
  try {
    const fitted = await method.create(options).fit(data, {
      clusters,
      seed,
      ...(signal && { signal }),
      ...(onProgress && {
        onProgress: (event) => onProgress({ ...event, phase: `${name}, ${event.phase}` }),
      }),
    });
    return { outcome: 'fitted', fitted };
  } catch (error) {
    return afterFailure(name, error);
  }
}

async function afterFailure(name: string, error: unknown): Promise<MemberFit> {
  if (!isCrossmodalError(error)) throw error;
  if (error.code !== 'diverged') throw named(name, error);
  const reason = error.message;
  try {
    const recovered = isDivergedError<Paired>(error) ? await error.recover?.() : undefined;
    if (recovered !== undefined && canBeKept(recovered))
      return { outcome: 'recovered', fitted: recovered, reason };
    recovered?.dispose();
  } catch (again) {
    if (!isCrossmodalError(again, 'diverged')) throw again;
  }
  return { outcome: 'left out', reason };
}

function canBeKept(fitted: FittedClusterer<Paired>): fitted is FittedMember {
  return 'toBytes' in fitted && typeof fitted.toBytes === 'function';
}

function named(name: string, error: CrossmodalError): CrossmodalError {
  const { code, where, expected, received, advice } = error;
  return new CrossmodalError({
    code,
    where: `consensus, member '${name}': ${where}`,
    expected,
    received,
    ...(advice !== undefined && { advice }),
    cause: error,
  });
}
