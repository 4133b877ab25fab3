import { lstat, mkdir, mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve, sep } from 'node:path';
import { CrossmodalError } from '@crossmodal/core';

/**
 * Writes a directory of files whole or not at all: into a temporary directory beside it, then renamed.
 *
 * The directory may be absent, empty, or hold files of the given names only, which are then all replaced; a directory
 * with any other file is somebody's, and is refused. On failure the old directory stays.
 *
 * @param files - content by relative path with `/` between folders
 * @throws CrossmodalError `state` when the directory holds other files or the path is a file; `option` when a file
 * name leaves the directory.
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
  const target = resolve(directory);
  const names = Object.keys(files);
  names.forEach(checkName);
  const exists = await checkReplaceable(target, new Set(names));
  const parent = dirname(target);
  await mkdir(parent, { recursive: true });
  const scratch = await mkdtemp(join(parent, `.${basename(target)}-`));
  try {
    const draft = join(scratch, 'new');
    await mkdir(draft);
    for (const [name, content] of Object.entries(files)) {
      const path = join(draft, name);
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, content, { flush: true });
    }
    const old = join(scratch, 'old');
    if (exists) await rename(target, old);
    try {
      await rename(draft, target);
    } catch (error) {
      if (exists) await rename(old, target);
      throw error;
    }
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

function checkName(name: string): void {
  const parts = name.split('/');
  if (parts.some((part) => part === '' || part === '.' || part === '..' || part.includes('\\'))) {
    throw new CrossmodalError({
      code: 'option',
      where: 'writeDirectoryAtomic',
      expected: 'file names inside the directory',
      received: `'${name}'`,
    });
  }
}

/** Whether something is there to be replaced; refuses what must not be. */
async function checkReplaceable(target: string, names: ReadonlySet<string>): Promise<boolean> {
  const found = await lstat(target).catch(() => undefined);
  if (found === undefined) return false;
  const refuse = (received: string) =>
    new CrossmodalError({
      code: 'state',
      where: 'writeDirectoryAtomic',
      expected: `'${target}' absent, empty, or holding only files that are replaced`,
      received,
      advice: 'Choose another directory, or remove this one.',
    });
  if (!found.isDirectory()) throw refuse('something that is no directory');
  for (const entry of await readdir(target, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name)
      .slice(target.length + 1)
      .split(sep)
      .join('/');
    const folder = entry.isDirectory() && [...names].some((name) => name.startsWith(`${path}/`));
    if (!folder && !names.has(path)) throw refuse(`'${path}' in it`);
  }
  return true;
}
