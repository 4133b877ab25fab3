import { CrossmodalError } from '@crossmodal/core';

interface TermEntries {
  readonly name?: unknown;
  readonly weight?: unknown;
  readonly value?: unknown;
  readonly player?: unknown;
}

/**
 * Refuses changes to loss terms that have not the form of one, and two of one term; whether they fit the terms of the stages is for `checkTermTargets`.
 *
 * @throws CrossmodalError `option` naming the first that is wrong.
 */
export function checkTerms(creator: string, terms: readonly unknown[]): void {
  const known = new Set<string>();
  terms.forEach((term, t) => {
    const { name, weight, value, player } = term as TermEntries;
    const key = JSON.stringify([name, player]);
    const wrong =
      typeof name !== 'string'
        ? `the name ${String(name)}`
        : typeof weight !== 'function' && !Number.isFinite(weight)
          ? `the weight ${String(weight)} of '${name}'`
          : 'value' in (term as object) && typeof value !== 'function'
            ? `a value of '${name}' that is no function`
            : known.has(key)
              ? `'${name}' twice`
              : undefined;
    known.add(key);
    if (wrong === undefined) return;
    throw new CrossmodalError({
      code: 'option',
      where: `${creator} option 'terms', entry ${t}`,
      expected:
        'a name, a weight that is a finite number or a function of the step, and for a new term a value',
      received: wrong,
    });
  });
}
