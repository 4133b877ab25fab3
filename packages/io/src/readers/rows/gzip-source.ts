import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { fileError } from '../file-error.js';
import { formatError } from '../format-error.js';
import type { ByteSource } from './byte-source.js';

/** Bytes that are decompressed at a time. */
const CHUNK = 1 << 18;

/**
 * Opens a gzip file as the bytes that it holds, decompressed while they are taken; what was taken is not kept.
 *
 * @throws CrossmodalError, when bytes are taken, `not-found` when the file cannot be read; `format` when it is damaged, which the checksums
 * at its end show too.
 */
export function gzipSource(path: string, where: string): ByteSource {
  const inflated = createGunzip({ chunkSize: CHUNK });
  // An error of either stream ends the iteration below, which tells it.
  pipeline(createReadStream(path), inflated, () => undefined);
  const chunks = inflated[Symbol.asyncIterator]() as AsyncIterator<Buffer, undefined>;
  let rest: Uint8Array = new Uint8Array(0);
  const move = async (length: number, use: (piece: Uint8Array, at: number) => void): Promise<number> => {
    let done = 0;
    while (done < length) {
      if (rest.length === 0) {
        const chunk = await next(chunks, path, where);
        if (chunk === undefined) break;
        rest = chunk;
      }
      const piece = rest.subarray(0, length - done);
      use(piece, done);
      done += piece.length;
      rest = rest.subarray(piece.length);
    }
    return done;
  };
  return {
    async take(length) {
      const bytes = new Uint8Array(length);
      const taken = await move(length, (piece, at) => bytes.set(piece, at));
      return bytes.subarray(0, taken);
    },
    async skip(length) {
      await move(length, () => undefined);
    },
    close() {
      inflated.destroy();
      return Promise.resolve();
    },
  };
}

/** The next bytes; undefined at the end. */
async function next(
  chunks: AsyncIterator<Buffer, undefined>,
  path: string,
  where: string,
): Promise<Buffer | undefined> {
  try {
    return (await chunks.next()).value;
  } catch (cause) {
    const { code = '' } = cause as NodeJS.ErrnoException;
    // Codes of the decompressor start so; all others are those of the system.
    if (code.startsWith('Z_'))
      throw formatError(where, 'a complete deflate stream', 'broken compressed data', cause);
    throw fileError(path, cause);
  }
}
