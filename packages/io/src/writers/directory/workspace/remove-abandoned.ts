import { lstat, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { unchangedFiles } from '../target/directory-mark.js';
import { moveFiles } from '../files/move-files.js';
import { unless } from '../files/system-error.js';
import { removeEmpty } from '../files/remove-empty.js';
import { isGone, isThisProcess, ownIdentity } from './process-identity.js';
import { readJournal } from './workspace-journal.js';
import { ownWorkspaceName, parseWorkspaceName, workspaceKey, type WorkspaceName } from './workspace-name.js';
import { OWNER, readOwner, type WorkspaceOwner } from './workspace-owner.js';
import { PARTS } from './workspace-parts.js';

/** Options of {@link removeAbandoned}. */
export interface RemoveAbandonedOptions {
  /** Whether parent directories that were made for it go as well, when they are empty. @defaultValue false */
  readonly parents?: boolean;
  /** Whether what this process has there counts as abandoned, since it is about to end. @defaultValue false */
  readonly own?: boolean;
}

/**
 * Removes from a directory what processes left that were killed while they wrote a directory in it; a change that had begun is finished first.
 *
 * Only workspaces that carry our mark and whose process has ended are touched.
 */
export async function removeAbandoned(parent: string, options: RemoveAbandonedOptions = {}): Promise<void> {
  const { parents = false, own = false } = options;
  for (const name of (await unless(OUT_OF_REACH, readdir(parent))) ?? []) {
    const said = parseWorkspaceName(name);
    if (said === undefined) continue;
    const owner = await unless(OUT_OF_REACH, removeIfAbandoned(parent, name, said, own));
    if (parents && owner?.made !== undefined) removeEmpty(parent, owner.made);
  }
}

/** What is not there, went in the meantime, or belongs to another user is no concern of ours. */
const OUT_OF_REACH = ['ENOENT', 'ENOTDIR', 'EACCES', 'EPERM', 'EROFS'];

/** Gives the owner of what was removed. */
async function removeIfAbandoned(
  parent: string,
  name: string,
  said: WorkspaceName,
  own: boolean,
): Promise<WorkspaceOwner | undefined> {
  const path = join(parent, name);
  if (!(await lstat(path)).isDirectory()) return undefined;
  const owner = await readOwner(path);
  const holder = said.holder ?? owner;
  if (holder === undefined || !(isGone(holder) || (own && isThisProcess(holder)))) return undefined;
  if (owner === undefined) await removeUnmarked(path);
  else if (workspaceKey(owner.target) === said.key) await finish(parent, name, owner);
  return owner;
}

/** A process that was killed before its mark was written left nothing but the folder, or an unfinished mark. */
async function removeUnmarked(path: string): Promise<void> {
  const others = (await readdir(path)).some((name) => name !== OWNER);
  if (!others) await rm(path, { recursive: true, force: true });
}

async function finish(parent: string, name: string, owner: WorkspaceOwner): Promise<void> {
  const path = join(parent, name);
  // Under a name of its own the workspace is this process's alone.
  const taken = join(parent, ownWorkspaceName(workspaceKey(owner.target), ownIdentity()));
  await rename(path, taken);
  // Another process may have cleared the abandoned one away, and made its own of that name, since its mark was read.
  if ((await readOwner(taken))?.token !== owner.token) {
    await rename(taken, path);
    return;
  }
  if (await isFinished(taken, join(parent, owner.target))) await rm(taken, { recursive: true, force: true });
}

/** Whether nothing is lost when the workspace goes: the files had not begun to move, or all have arrived. */
async function isFinished(workspace: string, target: string): Promise<boolean> {
  const journal = await readJournal(workspace);
  if (journal === undefined) return true;
  // What has moved cannot be told, so nothing is thrown away.
  if (journal === 'damaged') return false;
  const own = new Set((await unchangedFiles(target, journal.replaced)).keys());
  const { files, aside } = PARTS;
  try {
    const places = { from: join(workspace, files), aside: join(workspace, aside), target };
    moveFiles({ ...places, files: journal.files, own });
    return true;
  } catch (error) {
    // Somebody has put a file where one of ours has to go; both are kept.
    if (error instanceof Error) return false;
    throw error;
  }
}
