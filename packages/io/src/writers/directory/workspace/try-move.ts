import { mkdirSync, renameSync, rmdirSync } from 'node:fs';
import { join } from 'node:path';
import { ownIdentity } from './process-identity.js';
import { ownWorkspaceName, workspaceKey } from './workspace-name.js';

/**
 * Tries, without leaving a trace, whether what is written in a workspace can be moved to its directory.
 *
 * Only trying tells for certain: rights alone say nothing of read-only file systems, mount points and names that a file system refuses.
 */
export function tryMove(workspace: string, target: string, isThere: boolean): void {
  if (!isThere) {
    mkdirSync(target);
    rmdirSync(target);
    return;
  }
  const probe = join(workspace, 'probe');
  const moved = join(target, ownWorkspaceName(workspaceKey(target), ownIdentity()));
  mkdirSync(probe);
  renameSync(probe, moved);
  rmdirSync(moved);
}
