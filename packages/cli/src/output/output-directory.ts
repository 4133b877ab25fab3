import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { usageError } from '../usage-error.js';
import type { Io } from '../io.js';

/** Names a result directory may hold; a directory that holds nothing else may be replaced. */
export const OUTPUT_NAMES = ['labels.csv', 'result.json', 'report.html', 'model'] as const;

/**
 * Checks, before any work, that results can be written to a directory: it is not there yet, is empty, or holds earlier results.
 *
 * @throws CrossmodalError `option` when it is a file or holds something else.
 */
export async function checkOutputDirectory(out: string): Promise<void> {
  const kind = await stat(out).catch(() => undefined);
  if (kind === undefined) return;
  const where = `--out '${out}'`;
  if (!kind.isDirectory()) throw usageError(where, 'a directory', 'a file');
  const other = (await readdir(out)).find((name) => !OUTPUT_NAMES.some((known) => known === name));
  if (other !== undefined) {
    throw usageError(
      where,
      'a new or empty directory, or one of earlier results',
      `one that holds '${other}'`,
    );
  }
}

/**
 * Writes a directory whole or not at all: `fill` writes into one beside it, which then takes its name.
 *
 * What was there is moved aside first and removed last, so that at no moment a half-written file has the final name.
 */
export async function writeDirectory(
  out: string,
  fill: (directory: string) => Promise<void>,
  { signal, onStaging }: Pick<Io, 'signal' | 'onStaging'>,
): Promise<void> {
  const target = resolve(out);
  const beside = (suffix: string) => join(dirname(target), `.${basename(target)}.${suffix}-${process.pid}`);
  const staging = beside('partial');
  const earlier = beside('earlier');
  onStaging?.(staging);
  try {
    await mkdir(staging, { recursive: true });
    await fill(staging);
    signal.throwIfAborted();
    const moved = await rename(target, earlier).then(
      () => true,
      () => false,
    );
    await rename(staging, target).catch(async (error: unknown) => {
      if (moved) await rename(earlier, target);
      throw error;
    });
    if (moved) await rm(earlier, { recursive: true, force: true });
  } finally {
    await rm(staging, { recursive: true, force: true });
    onStaging?.(undefined);
  }
}
