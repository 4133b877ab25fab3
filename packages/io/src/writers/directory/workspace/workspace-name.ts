import { createHash, randomBytes } from 'node:crypto';
import { basename } from 'node:path';
import type { ProcessIdentity } from './process-identity.js';

/** What the name of a workspace says. */
export interface WorkspaceName {
  /** Stands for the directory that is written. */
  readonly key: string;
  /** The process that made it or clears it away, while its final name is not taken yet or no longer. */
  readonly holder?: ProcessIdentity;
}

const PATTERN = /^\.crossmodal-([0-9a-f]{16})(?:-([0-9a-f]{8})-(\d+)-(\d+)-[0-9a-f]{8})?$/;

/** Stands for a target in names: short whatever its name, which may be as long as the file system allows. */
export function workspaceKey(target: string): string {
  return createHash('sha256').update(basename(target)).digest('hex').slice(0, 16);
}

/** Name of the workspace of a target: the same for all, so that only one process can have it. */
export function workspaceName(key: string): string {
  return `.crossmodal-${key}`;
}

/** A name no other process has, and that says whose it is. */
export function ownWorkspaceName(key: string, { host, pid, start }: ProcessIdentity): string {
  return `${workspaceName(key)}-${host}-${pid}-${start}-${randomBytes(4).toString('hex')}`;
}

/** Reads such a name; `undefined` for any other. */
export function parseWorkspaceName(name: string): WorkspaceName | undefined {
  const [matched, key, host, pid, start] = PATTERN.exec(name) ?? [];
  if (matched === undefined) return undefined;
  return host === undefined
    ? { key: key! }
    : { key: key!, holder: { host, pid: Number(pid), start: start! } };
}
