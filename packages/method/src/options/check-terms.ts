import { CrossmodalError } from '@crossmodal/core';

/**
 * Refuses changes to loss terms that have not the form of one; whether they fit the terms of a training is known when it begins.
 *
 * @throws CrossmodalError `option` naming the first that is wrong.
 */
export function checkTerms(creator: string, terms: readonly unknown[]): void {
  terms.forEach((term, t) => {
    const { name, weight, value } = term as { readonly [Key in 'name' | 'weight' | 'value']?: unknown };
    const wrong =
      typeof name !== 'string'
        ? `the name ${String(name)}`
        : typeof weight !== 'function' && !Number.isFinite(weight)
          ? `the weight ${String(weight)} of '${name}'`
          : 'value' in (term as object) && typeof value !== 'function'
            ? `a value of '${name}' that is no function`
            : undefined;
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
