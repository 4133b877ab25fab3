import { CrossmodalError, isCrossmodalError } from '@crossmodal/core';
import { lstat, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { systemCode, unless } from './directory/files/system-error.js';
import { DIRECTORY_MARK } from './directory/target/directory-mark.js';
import { resolveTarget } from './directory/target/resolve-target.js';
import { targetState, type TargetOptions } from './directory/target/target-state.js';
import { claimWorkspace } from './directory/workspace/claim-workspace.js';
import { commitWorkspace } from './directory/workspace/commit-workspace.js';
import { tryMove } from './directory/workspace/try-move.js';
import { PARTS } from './directory/workspace/workspace-parts.js';

/** Options of {@link reserveDirectory}. */
export interface ReserveDirectoryOptions extends TargetOptions {
  /** Bytes that are taken now and given back to the files, so that a full disk is known early. @defaultValue 0 */
  readonly reserve?: number;
}

/** A directory that is going to be written, whole or not at all. */
export interface ReservedDirectory {
  /** The hidden folder beside it that holds everything until then. */
  readonly workspace: string;
  /**
   * Lets `fill` write files into a folder, then gives them to the directory, with a mark that lists them. What `fill` throws ends it.
   *
   * @throws CrossmodalError `state` when the directory has come to hold what must stay, or cannot be written; it is as it was before.
   */
  write(fill: (staging: string) => Promise<void>): Promise<void>;
  /** Removes the workspace, and the parent directories that were made when nothing was written. */
  release(): void;
}

/**
 * Reserves a directory that is to be written later: finds out now what can be known now, and keeps other processes from writing it.
 *
 * A directory that is new appears in one step. Into one that is there, files are moved; should the process be killed in between, the next
 * one that reserves a directory beside it finishes the move. A link to a directory is followed.
 *
 * @throws CrossmodalError `state` when the directory holds what must stay, is being written by another process, or cannot be written.
 * @example
 * ```ts no-run
 * import { writeFile } from 'node:fs/promises';
 *
 * const reserved = await reserveDirectory('result', { existing: 'refuse', names: ['a.txt'] });
 * try {
 *   await reserved.write((staging) => writeFile(`${staging}/a.txt`, 'text'));
 * } finally {
 *   reserved.release();
 * }
 * ```
 */
export async function reserveDirectory(
  directory: string,
  options: ReserveDirectoryOptions,
): Promise<ReservedDirectory> {
  return inWords(directory, async () => {
    const target = await resolveTarget(directory);
    const state = await targetState(target, options);
    await checkLengths(target, options.names);
    const workspace = await claimWorkspace(target);
    const held = join(workspace.path, PARTS.reserve);
    try {
      tryMove(workspace.path, target, state !== undefined);
      await writeFile(held, new Uint8Array(options.reserve ?? 0), { flush: true });
    } catch (error) {
      workspace.remove(false);
      throw error;
    }
    let written = false;
    return {
      workspace: workspace.path,
      write: (fill) =>
        inWords(directory, async () => {
          await rm(held, { force: true });
          await fill(join(workspace.path, PARTS.files));
          await commitWorkspace(target, options.existing, workspace);
          written = true;
        }),
      release: () => workspace.remove(written),
    };
  });
}

/** Paths too long for the system are known before anything is written. */
async function checkLengths(target: string, names: readonly string[]): Promise<void> {
  for (const name of [...names, DIRECTORY_MARK]) {
    await unless(['ENOENT', 'ENOTDIR'], lstat(join(target, name)));
  }
}

/** Turns errors of the operating system into ones that say what is wrong with the directory. */
async function inWords<T>(directory: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    const code = systemCode(cause);
    if (isCrossmodalError(cause) || code === undefined || !(cause instanceof Error)) throw cause;
    const isMount = code === 'EXDEV' || code === 'EBUSY';
    throw new CrossmodalError({
      code: 'state',
      where: `'${directory}'`,
      expected: 'a directory that can be written',
      // Without the call and the path, which may be one that the caller has never seen.
      received: isMount ? 'a mount point' : `'${cause.message.split(',')[0]!.replace(/^E[A-Z0-9]+: /, '')}'`,
      advice: ADVICE[code] ?? (isMount ? 'Name a directory inside it.' : 'Choose another directory.'),
      cause,
    });
  }
}

const ADVICE: Readonly<Record<string, string>> = {
  ENOSPC: 'Make room on the disk, or choose another directory.',
  EDQUOT: 'Make room within the quota, or choose another directory.',
  ENAMETOOLONG: 'Choose a shorter name.',
};
