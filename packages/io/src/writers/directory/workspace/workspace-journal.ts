import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { isFileName } from '../files/check-file-name.js';
import { unless } from '../files/system-error.js';
import { digestsSchema, type FileDigests } from '../target/directory-mark.js';

/** What moves: once this is written, whoever finds the workspace can finish the work. */
export interface Journal {
  /** New files, the mark last: a directory that has the new mark has all of its files. */
  readonly files: readonly string[];
  /** Our earlier files that make room. */
  readonly replaced: FileDigests;
}

const NAME = 'journal.json';
const schema = z.object({ files: z.array(z.string().refine(isFileName)), replaced: digestsSchema });

/** Writes the journal of a workspace, whole or not at all. */
export async function writeJournal(workspace: string, { files, replaced }: Journal): Promise<void> {
  const draft = join(workspace, `${NAME}.draft`);
  await writeFile(draft, JSON.stringify({ files, replaced: Object.fromEntries(replaced) }), { flush: true });
  await rename(draft, join(workspace, NAME));
}

/** The journal of a workspace; `undefined` before its files have begun to move, `damaged` where it cannot be understood. */
export async function readJournal(workspace: string): Promise<Journal | 'damaged' | undefined> {
  const text = await unless(['ENOENT'], readFile(join(workspace, NAME), 'utf8'));
  if (text === undefined) return undefined;
  try {
    const { success, data } = schema.safeParse(JSON.parse(text));
    return success ? data : 'damaged';
  } catch (error) {
    if (error instanceof SyntaxError) return 'damaged';
    throw error;
  }
}
