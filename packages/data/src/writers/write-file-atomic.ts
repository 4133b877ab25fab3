import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/**
 * Writes a file whole or not at all: into a temporary place beside it, then renamed over the old one.
 *
 * Missing parent directories are made. On failure the old file stays and nothing is left behind.
 */
export async function writeFileAtomic(path: string, bytes: Uint8Array | string): Promise<void> {
  const parent = dirname(path);
  await mkdir(parent, { recursive: true });
  const scratch = await mkdtemp(join(parent, `.${basename(path)}-`));
  try {
    const draft = join(scratch, basename(path));
    await writeFile(draft, bytes, { flush: true });
    await rename(draft, path);
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}
