import { lstat, realpath, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { CrossmodalError } from '@crossmodal/core';
import { unless } from '../files/system-error.js';

/**
 * The directory that a path means: what a link to a directory leads to, so that the link stays.
 *
 * @throws CrossmodalError `state` for a link to something else, or to nothing.
 */
export async function resolveTarget(directory: string): Promise<string> {
  const path = resolve(directory);
  if ((await unless(['ENOENT'], lstat(path)))?.isSymbolicLink() !== true) return path;
  const behind = await unless(['ENOENT'], stat(path));
  if (behind?.isDirectory() === true) return realpath(path);
  throw new CrossmodalError({
    code: 'state',
    where: `'${directory}'`,
    expected: 'a directory, or a link to one',
    received: behind === undefined ? 'a link that leads nowhere' : 'a link to something that is no directory',
    advice: 'Remove the link, or choose another directory.',
  });
}

/**
 * The file that a path means: what a link leads to, so that the link stays.
 *
 * @throws CrossmodalError `state` for a link that leads nowhere.
 */
export async function resolveFile(path: string): Promise<string> {
  if ((await unless(['ENOENT'], lstat(path)))?.isSymbolicLink() !== true) return path;
  const behind = await unless(['ENOENT'], realpath(path));
  if (behind !== undefined) return behind;
  throw new CrossmodalError({
    code: 'state',
    where: `'${path}'`,
    expected: 'a file, or a link to one',
    received: 'a link that leads nowhere',
    advice: 'Remove the link, or choose another path.',
  });
}
