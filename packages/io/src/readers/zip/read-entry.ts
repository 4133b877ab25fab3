import type { Budget } from '../compression/budget.js';
import { crc32 } from '../compression/checksums.js';
import { inflateRaw, inflateStart } from '../compression/inflate.js';
import { formatError, unsupportedError } from '../format-error.js';
import { LOCAL_HEADER, type ZipEntry } from './entries.js';

const LOCAL = 0x04034b50;

/**
 * Decompresses one file of a zip archive and verifies its length and its CRC-32.
 *
 * @throws CrossmodalError `format` when it is damaged; `unsupported` when it is encrypted, compressed by another method than deflate,
 * beyond 4 GiB, or larger than what is left of the budget.
 */
export function readEntry(bytes: Uint8Array, entry: ZipEntry, budget: Budget, where: string): Uint8Array {
  const data = storedBytes(bytes, entry, where);
  const limit = Math.min(budget.left, entry.size);
  if (entry.size > budget.left) budget.spend(entry.size, where);
  const content = entry.method === 0 ? data : inflateRaw(data, limit, where);
  budget.spend(content.length, where);
  if (content.length !== entry.size) throw formatError(where, `${entry.size} bytes`, `${content.length}`);
  if (crc32(content) !== entry.crc) throw formatError(where, 'matching CRC-32', 'another');
  return content;
}

/**
 * The first `wanted` bytes of a file, or fewer where it ends before or is damaged.
 *
 * @throws CrossmodalError as {@link readEntry}, but for what only the whole file shows.
 */
export function entryStart(bytes: Uint8Array, entry: ZipEntry, wanted: number, where: string): Uint8Array {
  const data = storedBytes(bytes, entry, where);
  return entry.method === 0 ? data.subarray(0, wanted) : inflateStart(data, wanted);
}

function storedBytes(bytes: Uint8Array, entry: ZipEntry, where: string): Uint8Array {
  const { encrypted, method, storedSize, size, offset } = entry;
  if (encrypted)
    throw unsupportedError(where, 'plain files', 'an encrypted one', 'Save the archive without a password.');
  if (method !== 0 && method !== 8) {
    throw unsupportedError(
      where,
      'files stored or deflated',
      `compression method ${method}`,
      'Save it with numpy.savez.',
    );
  }
  if ([storedSize, size, offset].includes(0xffffffff)) {
    throw unsupportedError(where, 'files below 4 GiB', 'more', 'Save the array as its own .npy file.');
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  if (offset + LOCAL_HEADER > bytes.length || view.getUint32(offset, true) !== LOCAL) {
    throw formatError(where, 'the file where the directory of the archive says', 'other bytes');
  }
  const start = offset + LOCAL_HEADER + view.getUint16(offset + 26, true) + view.getUint16(offset + 28, true);
  if (start + storedSize > bytes.length) {
    throw formatError(where, `${storedSize} bytes`, `${Math.max(0, bytes.length - start)}`);
  }
  return bytes.subarray(start, start + storedSize);
}
