import { open } from 'node:fs/promises';
import { fileError } from '../file-error.js';
import type { ByteSource } from './byte-source.js';

/** Bytes of one request; the system takes no more than 2 GiB. */
const MOST = 2 ** 30;

/**
 * Opens a file as it is.
 *
 * @throws CrossmodalError `not-found` when it cannot be read, here or later.
 */
export async function plainSource(path: string): Promise<ByteSource> {
  const attempt = <T>(action: Promise<T>): Promise<T> =>
    action.catch((cause: unknown) => {
      throw fileError(path, cause);
    });
  const file = await attempt(open(path));
  let position = 0;
  return {
    async take(length) {
      const bytes = new Uint8Array(length);
      let filled = 0;
      while (filled < length) {
        const wanted = Math.min(MOST, length - filled);
        const { bytesRead } = await attempt(file.read(bytes, filled, wanted, position));
        if (bytesRead === 0) break;
        filled += bytesRead;
        position += bytesRead;
      }
      return bytes.subarray(0, filled);
    },
    skip(length) {
      position += length;
      return Promise.resolve();
    },
    close: () => file.close(),
  };
}
