import { lstat, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { isFileName } from '../files/check-file-name.js';
import { fileDigest, type FileDigest } from '../files/file-digest.js';
import { unless } from '../files/system-error.js';

/**
 * Name of the file that marks a directory as written by this package: it lists the other files with their sizes and checksums.
 *
 * Only what it lists, unchanged, is ever replaced or removed.
 */
export const DIRECTORY_MARK = 'crossmodal-files.json';

/** Files by relative path, with `/` between folders. */
export type FileDigests = ReadonlyMap<string, FileDigest>;

/** The part of a mark, and of a journal, that lists files. */
export const digestsSchema = z
  .record(
    z.string().refine(isFileName),
    z.object({ bytes: z.number().int().min(0), sha256: z.string().regex(/^[0-9a-f]{64}$/) }),
  )
  .transform((files): FileDigests => new Map(Object.entries(files)));

const markSchema = z.object({
  format: z.literal('crossmodal files'),
  version: z.literal(1),
  files: digestsSchema,
});

/** The text of a mark. */
export function markText(files: FileDigests): string {
  const mark = { format: 'crossmodal files', version: 1, files: Object.fromEntries(files) };
  return `${JSON.stringify(mark, undefined, 2)}\n`;
}

/** The files that the mark of a directory lists; `undefined` when it has no mark, or one that is not ours. */
export async function readMark(directory: string): Promise<FileDigests | undefined> {
  const path = join(directory, DIRECTORY_MARK);
  if ((await unless(['ENOENT', 'ENOTDIR'], lstat(path)))?.isFile() !== true) return undefined;
  try {
    return markSchema.safeParse(JSON.parse(await readFile(path, 'utf8'))).data?.files;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** Of the files listed, those that are there and unchanged. Links are never followed: what they lead to is not ours. */
export async function unchangedFiles(directory: string, listed: FileDigests): Promise<FileDigests> {
  const unchanged = new Map<string, FileDigest>();
  for (const [name, digest] of listed) {
    const path = join(directory, name);
    if (!(await isPlain(directory, name))) continue;
    if ((await lstat(path)).size !== digest.bytes) continue;
    if ((await fileDigest(path)).sha256 === digest.sha256) unchanged.set(name, digest);
  }
  return unchanged;
}

/** Whether a path leads to a file through folders alone. */
async function isPlain(directory: string, name: string): Promise<boolean> {
  const parts = name.split('/');
  for (let depth = 1; depth <= parts.length; depth++) {
    const found = await unless(['ENOENT', 'ENOTDIR'], lstat(join(directory, ...parts.slice(0, depth))));
    if (found === undefined || !(depth < parts.length ? found.isDirectory() : found.isFile())) return false;
  }
  return true;
}
