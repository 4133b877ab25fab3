import type { ArrayValue } from '../arrays/array-value.js';
import { inflateGzip } from './inflate.js';
import { decodeArrays } from './read-arrays.js';
import { MAXIMUM_BYTES } from './read-options.js';

/** What the bytes of a file hold: a text table that {@link readTable} reads, or arrays by name. */
export type DecodedFile =
  | { readonly kind: 'table'; readonly bytes: Uint8Array }
  | { readonly kind: 'arrays'; readonly variables: ReadonlyMap<string, ArrayValue> };

export function decodeFile(
  bytes: Uint8Array,
  path: string,
  options: { format?: string; maximumBytes?: number } = {},
): DecodedFile {
  const { format, maximumBytes = MAXIMUM_BYTES } = options;
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) {
    return decodeFile(inflateGzip(bytes, maximumBytes, `'${path}'`), path.replace(/\.gz$/i, ''), options);
  }
  if (format === 'csv' || format === 'tsv' || /\.(csv|tsv|txt|tab)$/i.test(path))
    return { kind: 'table', bytes };
  return { kind: 'arrays', variables: decodeArrays(bytes, path) };
}
