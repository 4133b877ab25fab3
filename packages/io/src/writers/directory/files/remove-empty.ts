import { rmdirSync } from 'node:fs';
import { dirname } from 'node:path';

/** Removes a directory and those it is in, up to `made`, as long as they are empty. */
export function removeEmpty(directory: string, made: string): void {
  try {
    for (let folder = directory; folder.startsWith(made); folder = dirname(folder)) rmdirSync(folder);
  } catch {
    // Somebody has put something there since.
  }
}
