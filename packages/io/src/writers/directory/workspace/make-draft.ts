import { mkdir, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { ownIdentity } from './process-identity.js';
import { ownWorkspaceName, workspaceKey } from './workspace-name.js';
import { OWNER, ownerText } from './workspace-owner.js';

/** A hidden folder that no other process has. */
export interface Draft {
  readonly path: string;
  /** A text that no other draft has. */
  readonly token: string;
}

/**
 * Makes a hidden folder beside a target, marked so that it is known what left it, should this process be killed.
 *
 * @param made - the uppermost parent directory that had to be made for it
 */
export async function makeDraft(target: string, made: string | undefined): Promise<Draft> {
  const identity = ownIdentity();
  const token = ownWorkspaceName(workspaceKey(target), identity);
  const path = join(dirname(target), token);
  await mkdir(path);
  const owner = { ...identity, token, target: basename(target), made };
  try {
    await writeFile(join(path, OWNER), ownerText(owner), { flush: true });
    return { path, token };
  } catch (error) {
    await rm(path, { recursive: true, force: true });
    throw error;
  }
}
