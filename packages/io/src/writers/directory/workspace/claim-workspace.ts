import { rmSync } from 'node:fs';
import { mkdir, rename } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { CrossmodalError } from '@crossmodal/core';
import { removeEmpty } from '../files/remove-empty.js';
import { systemCode } from '../files/system-error.js';
import { makeDraft } from './make-draft.js';
import { removeAbandoned } from './remove-abandoned.js';
import { workspaceKey, workspaceName } from './workspace-name.js';
import { readOwner } from './workspace-owner.js';
import { PARTS } from './workspace-parts.js';

/** The folder beside a directory in which its files are written; no other process has it. */
export interface Workspace {
  readonly path: string;
  /** Whether it is still there and this process's. */
  isOwn(): Promise<boolean>;
  /** Removes it, and the parent directories that were made for it unless `keepParents`. */
  remove(keepParents: boolean): void;
}

/** Codes of a rename onto a folder that holds something, or onto a file, on one system or another. */
const TAKEN = ['ENOTEMPTY', 'EEXIST', 'EPERM', 'ENOTDIR'];

/**
 * Makes the workspace of a directory, with its parents, after clearing away what killed processes left there.
 *
 * @throws CrossmodalError `state` while another process has it.
 */
export async function claimWorkspace(target: string): Promise<Workspace> {
  const parent = dirname(target);
  const path = join(parent, workspaceName(workspaceKey(target)));
  const made = await mkdir(parent, { recursive: true });
  let folder: string | undefined;
  const remove = (keepParents: boolean) => {
    if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
    if (made !== undefined && !keepParents) removeEmpty(parent, made);
  };
  try {
    await removeAbandoned(parent);
    const draft = await makeDraft(target, made);
    folder = draft.path;
    await mkdir(join(draft.path, PARTS.files));
    await rename(draft.path, path).catch(async (error: unknown) => {
      throw TAKEN.includes(systemCode(error) ?? '') ? await busyError(target, path, error) : error;
    });
    folder = path;
    return { path, remove, isOwn: async () => (await readOwner(path))?.token === draft.token };
  } catch (error) {
    remove(false);
    throw error;
  }
}

async function busyError(target: string, path: string, cause: unknown): Promise<CrossmodalError> {
  const owner = await readOwner(path);
  return new CrossmodalError({
    code: 'state',
    where: `'${target}'`,
    expected: 'a directory that no other process is writing',
    received: owner === undefined ? `'${path}' in the way` : `one that process ${owner.pid} is writing`,
    advice:
      owner === undefined
        ? 'Move that away, or choose another directory.'
        : `Wait for it, or choose another directory; if it ran on another machine and has ended, remove '${path}'.`,
    cause,
  });
}
