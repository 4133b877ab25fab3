import { CrossmodalError } from '@crossmodal/core';
import { describe, expect, test } from 'vitest';
import { readerContract, registerContract } from '../src/index.js';

/** The length in the first byte, then as many bytes. */
function read(bytes: Uint8Array): Uint8Array {
  if (bytes[0] === bytes.length - 1) return bytes.slice(1);
  throw new CrossmodalError({ code: 'format', where: 'read', expected: 'a length', received: `${bytes[0]}` });
}
const files = [Uint8Array.of(2, 7, 7)];

describe('a reader that keeps the contract passes', () => {
  registerContract(test, readerContract(read, { files, seed: 5 }));
});

test.each<[string, (bytes: Uint8Array) => unknown]>([
  ['untyped errors', (bytes) => new DataView(bytes.buffer, bytes.byteOffset, bytes.length).getUint32(2)],
  ['a changed input', (bytes) => bytes.sort()],
  [
    'untyped errors of a value that is decoded later',
    (bytes) => ({ keys: () => ['x'], get: () => new DataView(bytes.buffer, 0, bytes.length).getUint32(2) }),
  ],
])('a reader with %s fails', async (_name, broken) => {
  const failures: string[] = [];
  for (const { name, run } of readerContract(broken, { files })) await run().catch(() => failures.push(name));
  expect(failures).not.toEqual([]);
});
