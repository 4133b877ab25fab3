import type { ContractCase } from './contract-case.js';

/** The part of a test runner that a contract needs: vitest's, Jest's and Node's `test` have this form. */
export type RegisterTest = (name: string, run: () => Promise<void>) => unknown;

/**
 * Registers each case of a contract as a test of any runner.
 *
 * @example
 * ```ts
 * const names: string[] = [];
 * registerContract((name) => names.push(name), [{ name: 'holds', run: async () => {} }]);
 * ```
 */
export function registerContract(test: RegisterTest, cases: readonly ContractCase[]): void {
  for (const { name, run } of cases) test(name, run);
}
