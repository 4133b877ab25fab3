import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import * as z from 'zod';
import { unless } from '../files/system-error.js';
import type { ProcessIdentity } from './process-identity.js';

/** Name of the file in a workspace that says whose it is. */
export const OWNER = 'owner.json';

const schema = z.object({
  format: z.literal('crossmodal workspace'),
  version: z.literal(1),
  host: z.string(),
  pid: z.number().int(),
  start: z.string(),
  token: z.string(),
  target: z.string().refine((name) => name !== '' && basename(name) === name),
  made: z.string().optional(),
});

/** Who writes what in a workspace. */
export interface WorkspaceOwner extends ProcessIdentity {
  /** Differs between any two workspaces. */
  readonly token: string;
  /** Name of the directory that is written. */
  readonly target: string;
  /** The uppermost parent directory that had to be made. */
  readonly made?: string | undefined;
}

/** The text of {@link OWNER}. */
export function ownerText(owner: WorkspaceOwner): string {
  return `${JSON.stringify({ format: 'crossmodal workspace', version: 1, ...owner })}\n`;
}

/** Reads {@link OWNER}; `undefined` when the directory has none, or one that is not ours. */
export async function readOwner(workspace: string): Promise<WorkspaceOwner | undefined> {
  const text = await unless(['ENOENT', 'ENOTDIR', 'EISDIR'], readFile(join(workspace, OWNER), 'utf8'));
  if (text === undefined) return undefined;
  try {
    return schema.safeParse(JSON.parse(text)).data;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
