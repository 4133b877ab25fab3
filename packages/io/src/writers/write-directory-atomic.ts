import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { checkFileName } from './directory/files/check-file-name.js';
import { reserveDirectory } from './reserve-directory.js';

/**
 * Writes a directory of files whole or not at all, with a mark, `crossmodal-files.json`, that lists them with their checksums.
 *
 * The directory may be absent, empty, or hold files that an earlier call wrote and nobody has changed, which are then all replaced. A
 * directory that holds anything else is somebody's, and is refused. On failure the old files stay. A link to a directory is followed.
 *
 * @param files - content by relative path with `/` between folders
 * @throws CrossmodalError `state` when the directory holds anything else, the path is a file, another process is writing it, or it cannot
 * be written; `option` when a file name leaves the directory.
 * @example
 * ```ts
 * const weights = writeNpz({ kernel: fromRows([[1, 2]]) });
 * await writeDirectoryAtomic('model', { 'model.json': '{}', 'weights.npz': weights });
 * ```
 */
export async function writeDirectoryAtomic(
  directory: string,
  files: Readonly<Record<string, Uint8Array | string>>,
): Promise<void> {
  const names = Object.keys(files);
  for (const name of names) checkFileName('writeDirectoryAtomic', name);
  const reserved = await reserveDirectory(directory, { existing: 'own', names });
  try {
    await reserved.write(async (staging) => {
      for (const [name, content] of Object.entries(files)) {
        const path = join(staging, name);
        await mkdir(dirname(path), { recursive: true });
        await writeFile(path, content, { flush: true });
      }
    });
  } finally {
    reserved.release();
  }
}
