import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { resolveFile } from './directory/target/resolve-target.js';
import { makeDraft } from './directory/workspace/make-draft.js';
import { removeAbandoned } from './directory/workspace/remove-abandoned.js';

/**
 * Writes a file whole or not at all: into a temporary place beside it, then renamed over the old one.
 *
 * Missing parent directories are made. A link to a file stays, and the file behind it is replaced. On failure the old file stays and
 * nothing is left behind.
 *
 * @throws CrossmodalError `state` for a link that leads nowhere.
 */
export async function writeFileAtomic(path: string, bytes: Uint8Array | string): Promise<void> {
  const target = await resolveFile(path);
  const parent = dirname(target);
  await mkdir(parent, { recursive: true });
  await removeAbandoned(parent);
  const draft = await makeDraft(target, undefined);
  try {
    const file = join(draft.path, 'file');
    await writeFile(file, bytes, { flush: true });
    await rename(file, target);
  } finally {
    await rm(draft.path, { recursive: true, force: true });
  }
}
