import { Inflate } from 'fflate';
import { adler32, crc32 } from './checksums.js';
import { formatError, unsupportedError } from './format-error.js';

/** Compressed bytes given to the decompressor at a time; one slice can grow to 66 MB at the most. */
const SLICE = 1 << 16;

/**
 * Decompresses a raw deflate stream, giving up as soon as the result passes `limit` bytes.
 *
 * @throws CrossmodalError `format` when the stream is broken or cut short; `unsupported` when it grows beyond `limit`.
 */
export function inflateRaw(bytes: Uint8Array, limit: number, where: string): Uint8Array<ArrayBuffer> {
  const chunks: Uint8Array[] = [];
  let total = 0;
  const stream = new Inflate((chunk) => {
    total += chunk.length;
    if (total <= limit) chunks.push(chunk);
  });
  let start = 0;
  do {
    const end = Math.min(start + SLICE, bytes.length);
    try {
      stream.push(bytes.slice(start, end), end === bytes.length);
    } catch (cause) {
      throw formatError(where, 'a complete deflate stream', 'broken compressed data', cause);
    }
    if (total > limit) {
      throw unsupportedError(
        where,
        `at most ${limit} bytes after decompression`,
        'more',
        'Raise maximumBytes if the file is to be trusted.',
      );
    }
    start = end;
  } while (start < bytes.length);
  if (chunks.length === 1) return chunks[0]! as Uint8Array<ArrayBuffer>;
  const result = new Uint8Array(total);
  let position = 0;
  for (const chunk of chunks) {
    result.set(chunk, position);
    position += chunk.length;
  }
  return result;
}

/** Decompresses a zlib stream and verifies its Adler-32; limits and errors as {@link inflateRaw}. */
export function inflateZlib(bytes: Uint8Array, limit: number, where: string): Uint8Array {
  const [method = 0, flags = 0] = bytes;
  if (bytes.length < 6 || (method & 15) !== 8 || ((method << 8) | flags) % 31 !== 0 || (flags & 32) !== 0) {
    throw formatError(where, 'a zlib stream', 'other bytes');
  }
  const result = inflateRaw(bytes.subarray(2, -4), limit, where);
  const stored = new DataView(bytes.buffer, bytes.byteOffset, bytes.length).getUint32(bytes.length - 4);
  if (adler32(result) !== stored) throw formatError(where, 'matching Adler-32 of compressed data', 'another');
  return result;
}

/** Decompresses a gzip file of one member and verifies its CRC-32; limits and errors as {@link inflateRaw}. */
export function inflateGzip(bytes: Uint8Array, limit: number, where: string): Uint8Array {
  const start = gzipHeaderLength(bytes, where);
  if (bytes.length < start + 8) throw formatError(where, 'a complete gzip file', `${bytes.length} bytes`);
  const result = inflateRaw(bytes.subarray(start, -8), limit, where);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  if (view.getUint32(bytes.length - 4, true) !== result.length % 2 ** 32) {
    throw formatError(where, 'the length stated at the end of the gzip file', `${result.length} bytes`);
  }
  if (view.getUint32(bytes.length - 8, true) !== crc32(result)) {
    throw formatError(where, 'matching CRC-32 of gzip data', 'another');
  }
  return result;
}

function gzipHeaderLength(bytes: Uint8Array, where: string): number {
  if (bytes.length < 18 || bytes[0] !== 0x1f || bytes[1] !== 0x8b || bytes[2] !== 8) {
    throw formatError(where, 'a gzip file', 'other bytes');
  }
  const flags = bytes[3]!;
  let position = 10;
  if (flags & 4) position += 2 + bytes[10]! + 256 * bytes[11]!;
  // Name and comment, each closed by a zero byte.
  for (const flag of [8, 16]) {
    if ((flags & flag) === 0) continue;
    const end = bytes.indexOf(0, position);
    if (end < 0) throw formatError(where, 'a closed gzip header', 'its end');
    position = end + 1;
  }
  if (flags & 2) position += 2;
  return position;
}
