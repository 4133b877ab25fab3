import { lstat, readdir } from 'node:fs/promises';
import { CrossmodalError } from '@crossmodal/core';
import { join } from 'node:path';
import { fileDigest } from '../files/file-digest.js';
import { listFiles } from '../files/list-files.js';
import { unless } from '../files/system-error.js';
import { checkPathsFree } from '../files/taken-path.js';
import { DIRECTORY_MARK, readMark, unchangedFiles, type FileDigests } from './directory-mark.js';

/**
 * What may happen to a directory that holds something.
 *
 * - `'refuse'`: nothing; it must be absent or empty.
 * - `'own'`: it is replaced when all that is in it is ours and unchanged since we wrote it.
 * - `'beside'`: our unchanged files are replaced, all others stay; one at a path that must be written is refused.
 */
export type Existing = 'refuse' | 'own' | 'beside';

/** Options of {@link targetState}. */
export interface TargetOptions {
  readonly existing: Existing;
  /** Files that will be written, as far as they are known, with `/` between folders. */
  readonly names: readonly string[];
  /** What the caller can do when `'refuse'` refuses. @defaultValue to choose another directory, or move what is there away */
  readonly advice?: string;
}

/** The files in a directory that are ours and unchanged, its mark included; `undefined` when the directory is absent. */
export type TargetState = FileDigests | undefined;

/**
 * Looks at what a directory holds, and refuses what must stay as it is.
 *
 * @throws CrossmodalError `state` when it is no directory, or holds what must stay.
 */
export async function targetState(
  target: string,
  { existing, names, advice }: TargetOptions,
): Promise<TargetState> {
  const found = await unless(['ENOENT'], lstat(target));
  if (found === undefined) return undefined;
  if (!found.isDirectory()) throw refusal(target, 'something that is no directory');
  const [first] = await readdir(target);
  if (first === undefined) return new Map();

  const listed = await readMark(target);
  if (existing === 'refuse') {
    throw refusal(
      target,
      listed === undefined
        ? `one that holds '${first}', and no mark that it was written by this program`
        : 'one that holds earlier results',
      advice,
    );
  }
  const own = new Map(await unchangedFiles(target, listed ?? new Map()));
  if (listed !== undefined) own.set(DIRECTORY_MARK, await fileDigest(join(target, DIRECTORY_MARK)));
  checkPathsFree(target, [...names, DIRECTORY_MARK], new Set(own.keys()));
  if (existing === 'own') {
    for await (const name of listFiles(target)) {
      if (own.has(name)) continue;
      throw refusal(
        target,
        listed?.has(name) === true
          ? `'${name}' in it, which was changed since it was written`
          : `'${name}' in it, which this program did not write`,
      );
    }
  }
  return own;
}

function refusal(
  target: string,
  received: string,
  advice = 'Choose another directory, or move what is there away.',
): CrossmodalError {
  return new CrossmodalError({
    code: 'state',
    where: `'${target}'`,
    expected: 'a new or empty directory',
    received,
    advice,
  });
}
