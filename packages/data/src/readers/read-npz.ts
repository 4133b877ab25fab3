import type { ArrayValue } from '../arrays/array-value.js';
import { crc32 } from './checksums.js';
import { formatError } from './format-error.js';
import { inflateRaw } from './inflate.js';
import { readNpy } from './read-npy.js';
import { MAXIMUM_BYTES, type ReadOptions } from './read-options.js';
import { zipEntries } from './zip/entries.js';

/**
 * Reads a NumPy `.npz` archive, stored or compressed: each `name.npy` inside becomes the variable `name`.
 *
 * @param bytes - the whole file
 * @throws CrossmodalError as {@link readNpy}; also `format` when the archive is damaged and `unsupported` when it is
 * encrypted, beyond 4 GiB, or grows beyond `maximumBytes`.
 */
export function readNpz(bytes: Uint8Array, options: ReadOptions = {}): ReadonlyMap<string, ArrayValue> {
  const { maximumBytes = MAXIMUM_BYTES, where = 'readNpz' } = options;
  const arrays = new Map<string, ArrayValue>();
  let budget = maximumBytes;
  for (const { name, method, size, crc, data } of zipEntries(bytes, where)) {
    if (!name.endsWith('.npy')) continue;
    const inside = `${where} '${name}'`;
    const content = method === 0 ? data : inflateRaw(data, Math.min(budget, size), inside);
    budget -= content.length;
    if (content.length !== size) throw formatError(inside, `${size} bytes`, `${content.length}`);
    if (crc32(content) !== crc) throw formatError(inside, 'matching CRC-32', 'another');
    arrays.set(name.slice(0, -4), readNpy(content, { where: inside }));
  }
  return arrays;
}
