import { Gunzip, Inflate } from 'fflate';
import { formatError } from '../format-error.js';
import { adler32, crc32 } from './checksums.js';
import { overBudget } from './budget.js';

/** Compressed bytes given to the decompressor at a time; one slice can grow to 66 MB at the most. */
const SLICE = 1 << 16;

/**
 * Decompresses a raw deflate stream, giving up as soon as the result passes `limit` bytes.
 *
 * @throws CrossmodalError `format` when the stream is broken or cut short; `unsupported` when it grows beyond `limit`.
 */
export function inflateRaw(bytes: Uint8Array, limit: number, where: string): Uint8Array<ArrayBuffer> {
  const chunks: Uint8Array[] = [];
  const stream = new Inflate();
  feed(stream, bytes, { chunks, limit, where });
  return joined(chunks);
}

/**
 * The first `wanted` bytes of a raw deflate stream, or fewer where it ends or breaks before; what follows them is not decompressed.
 *
 * For headers, which stand at the start: whether the stream is sound shows when all of it is read.
 */
export function inflateStart(bytes: Uint8Array, wanted: number): Uint8Array {
  const chunks: Uint8Array[] = [];
  let total = 0;
  const stream = new Inflate((chunk) => {
    chunks.push(chunk);
    total += chunk.length;
  });
  try {
    // Slices are small, as one of them can grow a thousandfold.
    for (let start = 0; start < bytes.length && total < wanted; start += START_SLICE) {
      stream.push(bytes.slice(start, start + START_SLICE), start + START_SLICE >= bytes.length);
    }
  } catch {
    // A stream that breaks off gives what it has given.
  }
  return joined(chunks).subarray(0, wanted);
}

/** Compressed bytes given at a time where only the start is wanted. */
const START_SLICE = 1 << 8;

interface FeedOptions {
  /** What comes out is added to it. */
  readonly chunks: Uint8Array[];
  readonly limit: number;
  readonly where: string;
}

/** Pushes bytes through a decompressor, slice by slice. */
function feed(stream: Inflate | Gunzip, bytes: Uint8Array, { chunks, limit, where }: FeedOptions): void {
  let total = 0;
  stream.ondata = (chunk) => {
    total += chunk.length;
    if (total <= limit) chunks.push(chunk);
  };
  let start = 0;
  do {
    const end = Math.min(start + SLICE, bytes.length);
    try {
      stream.push(bytes.slice(start, end), end === bytes.length);
    } catch (cause) {
      throw formatError(where, 'a complete deflate stream', 'broken compressed data', cause);
    }
    if (total > limit) {
      throw overBudget(where, limit);
    }
    start = end;
  } while (start < bytes.length);
}

function joined(chunks: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  if (chunks.length === 1) return chunks[0]! as Uint8Array<ArrayBuffer>;
  const result = new Uint8Array(chunks.reduce((sum, chunk) => sum + chunk.length, 0));
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

/**
 * Decompresses a gzip file, of one member or several, and verifies the length and the CRC-32 of each; limits and errors as
 * {@link inflateRaw}.
 */
export function inflateGzip(bytes: Uint8Array, limit: number, where: string): Uint8Array {
  if (bytes.length < 18 || bytes[0] !== 0x1f || bytes[1] !== 0x8b || bytes[2] !== 8) {
    throw formatError(where, 'a gzip file', 'other bytes');
  }
  const chunks: Uint8Array[] = [];
  // Where members end: among the bytes, and among the chunks.
  const ends: { readonly byte: number; readonly chunk: number }[] = [];
  const stream = new Gunzip();
  stream.onmember = (byte) => ends.push({ byte, chunk: chunks.length });
  feed(stream, bytes, { chunks, limit, where });
  ends.push({ byte: bytes.length, chunk: chunks.length });
  const members = ends.map(({ byte, chunk }, i) => {
    const member = joined(chunks.slice(ends[i - 1]?.chunk ?? 0, chunk));
    checkMember(bytes, byte, member, where);
    return member;
  });
  return joined(members);
}

/** Compares a member with the length and the checksum that end it. */
function checkMember(bytes: Uint8Array, end: number, member: Uint8Array, where: string): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  if (view.getUint32(end - 4, true) !== member.length % 2 ** 32) {
    throw formatError(where, 'the length stated at the end of the gzip file', `${member.length} bytes`);
  }
  if (view.getUint32(end - 8, true) !== crc32(member)) {
    throw formatError(where, 'matching CRC-32 of gzip data', 'another');
  }
}
