import { lstatSync, type Stats } from 'node:fs';
import { join } from 'node:path';
import { CrossmodalError } from '@crossmodal/core';

/** What is at a path, links not followed; `undefined` when nothing is, or nothing can be. */
export function entryAt(path: string): Stats | undefined {
  try {
    return lstatSync(path, { throwIfNoEntry: false });
  } catch (error) {
    // A file stands where a folder would have to be.
    if (error instanceof Error && 'code' in error && error.code === 'ENOTDIR') return undefined;
    throw error;
  }
}

/**
 * Refuses to write files where something is that is not ours: at the path itself, or, if it is no folder, on the way to it.
 *
 * @param own - paths that are known to be ours, and may make room
 * @throws CrossmodalError `state` naming the first path that is taken.
 */
export function checkPathsFree(directory: string, names: Iterable<string>, own: ReadonlySet<string>): void {
  for (const name of names) {
    const parts = name.split('/');
    for (let depth = 1; depth <= parts.length; depth++) {
      const path = parts.slice(0, depth).join('/');
      const entry = entryAt(join(directory, path));
      if (entry === undefined || own.has(path)) break;
      // A link to a folder is refused too: what is behind it is elsewhere, and somebody's.
      if (depth < parts.length && entry.isDirectory()) continue;
      throw new CrossmodalError({
        code: 'state',
        where: `'${directory}'`,
        expected: 'only unchanged files of earlier results where new ones are written',
        received: `'${path}', which is not one of them`,
        advice: 'Move it away, or choose another directory.',
      });
    }
  }
}
