import { CrossmodalError } from '@crossmodal/core';
import { readFile } from 'node:fs/promises';

/**
 * Reads a whole file.
 *
 * @throws CrossmodalError `not-found` naming the path and why it cannot be read.
 */
export async function readFileBytes(path: string): Promise<Uint8Array> {
  try {
    return await readFile(path);
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code ?? String(cause);
    throw new CrossmodalError({
      code: 'not-found',
      where: `'${path}'`,
      expected: 'a file that can be read',
      received: code === 'ENOENT' ? 'no such file' : code,
      advice: 'Check the path.',
      cause,
    });
  }
}
