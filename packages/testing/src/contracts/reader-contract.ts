import { isCrossmodalError } from '@crossmodal/core';
import fc from 'fast-check';
import type { ContractCase } from './contract-case.js';

/** What {@link readerContract} takes. */
export interface ReaderContractOptions {
  /** Whole files, of this reader's format or of others. */
  readonly files?: readonly Uint8Array[];
  /** Draws of each case. @defaultValue 100 */
  readonly runs?: number;
  /** Seed of the draws. @defaultValue 0 */
  readonly seed?: number;
}

/**
 * What every reader promises: whatever the bytes, it returns or throws a `CrossmodalError`, and leaves the bytes as they are. Where it
 * returns a map, whose values may be decoded only when they are asked for, the same holds for each of them.
 *
 * @param read - the reader, given the bytes of a file
 */
export function readerContract(
  read: (bytes: Uint8Array) => unknown,
  options: ReaderContractOptions = {},
): readonly ContractCase[] {
  const { files = [], runs = 100, seed = 0 } = options;

  async function readsOrRefuses(bytes: Uint8Array): Promise<void> {
    const before = bytes.slice();
    const found = await valueOrRefusal(() => read(bytes));
    if (isMap(found)) for (const name of found.keys()) await valueOrRefusal(() => found.get(name));
    if (!before.every((byte, i) => byte === bytes[i])) throw new Error('the bytes were changed');
  }
  const check = (bytes: fc.Arbitrary<Uint8Array>) => () =>
    fc.assert(fc.asyncProperty(bytes, readsOrRefuses), { seed, numRuns: runs });

  const cases: ContractCase[] = [
    { name: `arbitrary bytes (seed ${seed})`, run: check(fc.uint8Array({ maxLength: 600 })) },
  ];
  files.forEach((file, i) => {
    const cut = fc.nat({ max: file.length }).map((length) => file.slice(0, length));
    const place = fc.tuple(fc.nat({ max: Math.max(file.length - 1, 0) }), fc.nat({ max: 255 }));
    const damaged = fc.array(place, { minLength: 1, maxLength: 8 }).map((changes) => {
      const bytes = file.slice();
      for (const [at, byte] of changes) bytes[at] = byte;
      return bytes;
    });
    cases.push({ name: `file ${i} cut short (seed ${seed})`, run: check(cut) });
    cases.push({ name: `file ${i} damaged (seed ${seed})`, run: check(damaged) });
  });
  return cases;
}

async function valueOrRefusal(get: () => unknown): Promise<unknown> {
  try {
    return await get();
  } catch (error) {
    if (!isCrossmodalError(error)) throw error;
    return undefined;
  }
}

function isMap(found: unknown): found is ReadonlyMap<unknown, unknown> {
  return typeof found === 'object' && found !== null && 'keys' in found && 'get' in found;
}
