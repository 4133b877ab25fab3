import { CrossmodalError } from '@crossmodal/core';
import type { MemberMethod, MemberMethods, MemberResolver } from './member-method.js';

/** Methods that come with the package; each is loaded when a member names it. */
const OWN: Readonly<Record<string, () => Promise<{ readonly method: MemberMethod }>>> = {
  exact: () => import('@crossmodal/exact'),
  dmim: () => import('@crossmodal/dmim'),
  dmsc: () => import('@crossmodal/dmsc'),
  eamc: () => import('@crossmodal/eamc'),
};

/**
 * Makes the resolver of the package: methods given come first, then `exact`, `dmim`, `dmsc` and `eamc`.
 *
 * @param given - further methods by name, or others in place of those
 * @throws CrossmodalError `option` when a name is none of these.
 * @example
 * ```ts
 * const resolve = memberResolver({ mine: await memberResolver()('exact') });
 * const { create } = await resolve('mine');
 * console.log(create().method); // exact
 * ```
 */
export function memberResolver(given: MemberMethods = {}): MemberResolver {
  return async (name) => {
    if (Object.hasOwn(given, name)) return given[name]!;
    if (Object.hasOwn(OWN, name)) return (await OWN[name]!()).method;
    throw new CrossmodalError({
      code: 'option',
      where: "consensus option 'members'",
      expected: [...new Set([...Object.keys(given), ...Object.keys(OWN)])].join(', '),
      received: `'${name}'`,
      advice: 'Give other methods by name, as the second argument of createConsensus and loadConsensus.',
    });
  };
}
