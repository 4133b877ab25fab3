import { realpath, stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { usageError } from '../errors/usage-error.js';
import { RESULT_FILES } from './result-files.js';

/**
 * Refuses a result directory that holds a file which the command reads, by whatever links: results must never take the place of their data.
 *
 * @param inputs - what `--modality` and `--labels` say; each start of it that is a file counts as one
 * @throws CrossmodalError `option` naming the file.
 */
export async function checkInputsOutside(out: string, inputs: readonly string[]): Promise<void> {
  const directory = await unlessAbsent(realpath(out));
  if (directory === undefined) return;
  const written = await Promise.all(RESULT_FILES.map((name) => identityOf(join(directory, name))));
  for (const path of new Set(inputs.flatMap(startsOf))) {
    const identity = await identityOf(path);
    if (identity === undefined) continue;
    const place = relative(directory, await realpath(path));
    const isInside = place !== '..' && !place.startsWith(`..${sep}`) && !/^[a-z]:/i.test(place);
    if (!isInside && !written.includes(identity)) continue;
    throw usageError(
      `--out '${out}'`,
      'a directory without the files that are read',
      `one that holds '${path}'`,
      'Name another directory; --force does not replace what is read.',
    );
  }
}

/** Where a path ends and a variable or a key begins is for the readers to say; here each possible end is looked at. */
function startsOf(input: string): string[] {
  const ends = [...input.matchAll(/[:,]/g)].map(({ index }) => index);
  return [...ends.map((end) => input.slice(0, end)), input].filter((path) => path !== '');
}

/** Device and number of a file, which all its names share; `undefined` when there is none. */
async function identityOf(path: string): Promise<string | undefined> {
  const found = await unlessAbsent(stat(path, { bigint: true }));
  return found === undefined || found.isDirectory() ? undefined : `${found.dev} ${found.ino}`;
}

/** What cannot be looked at is not read either; the readers say so. */
function unlessAbsent<T>(promise: Promise<T>): Promise<T | undefined> {
  return promise.catch(() => undefined);
}
