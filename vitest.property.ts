import * as fc from 'fast-check';
import { test as plain } from 'vitest';

/**
 * What tests here use of `@fast-check/vitest`, which vitest.config.base.ts puts in its place. The original prepares `prop` for every
 * order of `skip`, `only`, `concurrent` and the like when it is imported, some seconds of work in each test file.
 */
function prop<Values extends [unknown, ...unknown[]]>(
  arbitraries: { [K in keyof Values]: fc.Arbitrary<Values[K]> },
  parameters: fc.Parameters<Values> = {},
) {
  return (name: string, holds: (...values: Values) => unknown, timeout?: number): void => {
    const { seed = fc.readConfigureGlobal().seed ?? fc.sample(fc.integer(), 1)[0]! } = parameters;
    // A property fails by throwing, or by answering false.
    const property = fc.asyncProperty(
      ...arbitraries,
      async (...values: Values) => (await holds(...values)) !== false,
    );
    plain(`${name} (with seed=${seed})`, () => fc.assert(property, { ...parameters, seed }), timeout);
  };
}

export { fc };
export const test = Object.assign(plain.extend({}), { prop });
