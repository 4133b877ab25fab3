import { CrossmodalError } from '@crossmodal/core';
import { isOwnPart } from './own-parts.js';
import type { Slot, UnusedOptions } from '../recipe/slot.js';

type Options = Readonly<Record<string, unknown>>;

/**
 * Options without those that mean nothing beside the others.
 *
 * @param options - with their defaults
 * @param given - those that the caller gave, own parts among them
 * @throws CrossmodalError `option` naming the first of these that means nothing.
 */
export function withoutUnused(
  creator: string,
  slots: readonly Slot<unknown>[],
  options: Options,
  given: Options,
): Options {
  const idle = slots
    .flatMap(({ unused = [] }) => unused)
    .filter(({ when }) => Object.entries(when).every(([name, value]) => options[name] === value));
  for (const { when, options: names } of idle) {
    const stray = names.find((name) => Object.hasOwn(given, name));
    if (stray !== undefined) refuse(creator, stray, when, given);
  }
  const gone = new Set(idle.flatMap(({ options: names }) => names));
  return Object.fromEntries(Object.entries(options).filter(([name]) => !gone.has(name)));
}

function refuse(creator: string, stray: string, when: UnusedOptions['when'], given: Options): never {
  const beside = Object.entries(when).map(([name, value]) => `${name}: ${JSON.stringify(value)}`);
  throw new CrossmodalError({
    code: 'option',
    where: `${creator} option '${stray}'`,
    expected: `no such option beside ${beside.join(', ')}, where it means nothing`,
    received: isOwnPart(given[stray]) ? `the part '${given[stray].name}'` : JSON.stringify(given[stray]),
  });
}
