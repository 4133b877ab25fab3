import { CrossmodalError } from '@crossmodal/core';
import { sourceName } from './source-name.js';

/** What the codes of the operating system mean. */
const REASONS: ReadonlyMap<string, readonly [received: string, advice: string]> = new Map([
  ['ENOENT', ['no such file', 'Check the path.']],
  ['ENOTDIR', ['a path through something that is no folder', 'Check the path.']],
  ['ENAMETOOLONG', ['a name that is too long for a file', 'Check the path.']],
  ['ELOOP', ['symbolic links that lead in a circle', 'Check the path.']],
  ['ERR_INVALID_ARG_VALUE', ['a path that no file can have', 'Check the path.']],
  ['EISDIR', ['a folder', 'Name a file in it.']],
  ['EACCES', ['one that may not be read', 'Check its permissions.']],
  ['EPERM', ['one that may not be read', 'Check its permissions.']],
  [
    'ERR_FS_FILE_TOO_LARGE',
    [
      'one beyond 2 GiB',
      'Read a .npy or IDX file by blocks (openRowBlocks, or pca=K in the command), split it, or save its variables as files of their own.',
    ],
  ],
]);

/** The error for a file that the operating system does not let us read, with the reason in words. */
export function fileError(path: string, cause: unknown): CrossmodalError {
  const code = (cause as NodeJS.ErrnoException).code ?? String(cause);
  const [received, advice] = REASONS.get(code) ?? [`an error of the system, ${code}`, 'Check the file.'];
  return new CrossmodalError({
    code: 'not-found',
    where: sourceName(path),
    expected: 'a readable file',
    received,
    advice,
    cause,
  });
}
