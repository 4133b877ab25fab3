import { discover, type Discovered, type Kind } from './discover.js';

/** A function that a package exports, whatever it takes. */
export type Call = (...args: never[]) => unknown;

/** What was discovered, with the function itself. */
export interface Exported extends Discovered {
  readonly call: Call;
  /** Other exports of the same package. */
  readonly siblings: Readonly<Record<string, unknown>>;
}

/** Every export of some kinds, imported. */
export async function exportedOf(...kinds: readonly Kind[]): Promise<readonly Exported[]> {
  const found = discover().filter(({ kind }) => kinds.includes(kind));
  return Promise.all(
    found.map(async (entry) => {
      const siblings = (await import(entry.packageName)) as Record<string, unknown>;
      return { ...entry, siblings, call: siblings[entry.name] as Call };
    }),
  );
}
