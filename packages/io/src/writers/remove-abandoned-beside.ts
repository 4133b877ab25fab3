import { dirname } from 'node:path';
import { resolveTarget } from './directory/target/resolve-target.js';
import { removeAbandoned } from './directory/workspace/remove-abandoned.js';

/**
 * Removes what a process left that was killed while it wrote a directory: its hidden folder beside it, and parent directories that it had
 * made and that are empty. Had its files begun to move into the directory, the move is finished first.
 *
 * What belongs to a process that runs, or to another host, stays. Whoever writes a directory beside it later does the same.
 *
 * @param options - `own` for what this process itself has there, when it is about to end
 */
export async function removeAbandonedBeside(
  directory: string,
  options: { readonly own?: boolean } = {},
): Promise<void> {
  await removeAbandoned(dirname(await resolveTarget(directory)), { ...options, parents: true });
}
