import { readFile } from 'node:fs/promises';
import { fileError } from './file-error.js';

/**
 * Reads a whole file.
 *
 * @throws CrossmodalError `not-found` when it cannot be read, with the reason in words.
 */
export async function readFileBytes(path: string): Promise<Uint8Array> {
  try {
    return await readFile(path);
  } catch (cause) {
    throw fileError(path, cause);
  }
}
