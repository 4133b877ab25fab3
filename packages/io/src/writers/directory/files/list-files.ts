import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** Entries of a directory by relative path with `/` between folders: files and what else is no folder; a folder only when it is empty; sorted. */
export async function* listFiles(directory: string, prefix = ''): AsyncGenerator<string> {
  const entries = await readdir(join(directory, prefix), { withFileTypes: true });
  if (entries.length === 0 && prefix !== '') yield prefix;
  // Systems list them in orders of their own.
  entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const entry of entries) {
    const name = prefix === '' ? entry.name : `${prefix}/${entry.name}`;
    if (entry.isDirectory()) yield* listFiles(directory, name);
    else yield name;
  }
}
