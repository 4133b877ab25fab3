import { isCrossmodalError } from '@crossmodal/core';
import type { Stats } from 'node:fs';
import { mkdir, mkdtemp, readdir, rename, rm, rmdir, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { usageError } from '../usage-error.js';
import type { Io } from '../io.js';

/** Names a result directory may hold; a directory that holds nothing else may be replaced. */
export const OUTPUT_NAMES = ['labels.csv', 'result.json', 'report.html', 'model'] as const;

/**
 * Checks, before any work, that results can be written to a directory: it is not there yet and can be made, is empty, or holds
 * earlier results.
 *
 * @throws CrossmodalError `option` when it is a file, holds something else, is where the command runs, or cannot be written.
 */
export async function checkOutputDirectory(out: string): Promise<void> {
  const where = `--out '${out}'`;
  // An empty path would resolve to the working directory, whatever that holds.
  if (out === '') throw usageError(where, 'a directory', 'nothing');
  const target = resolve(out);
  if (target === process.cwd()) {
    throw usageError(where, 'a new directory', 'the working directory', 'Name a directory inside it.');
  }
  try {
    const kind = await statIfThere(target);
    if (kind !== undefined) await checkReplaceable(where, target, kind);
    // Only trying tells for certain: rights alone say nothing of read-only or special file systems.
    await rmdir(await mkdtemp(join(await nearestThere(dirname(target)), '.crossmodal-')));
  } catch (error) {
    if (isCrossmodalError(error)) throw error;
    throw usageError(where, 'a directory that can be written', reasonOf(error));
  }
}

async function checkReplaceable(where: string, target: string, kind: Stats): Promise<void> {
  if (!kind.isDirectory()) throw usageError(where, 'a directory', 'a file');
  const other = (await readdir(target)).find((name) => !OUTPUT_NAMES.some((known) => known === name));
  if (other !== undefined) {
    throw usageError(
      where,
      'a new or empty directory, or one of earlier results',
      `one that holds '${other}'`,
    );
  }
  // A directory is replaced by renaming, which a mount point does not allow.
  if (kind.dev !== (await stat(dirname(target))).dev) {
    throw usageError(
      where,
      'a directory that can be replaced',
      'a mount point',
      'Name a directory inside it.',
    );
  }
}

function statIfThere(path: string): Promise<Stats | undefined> {
  return stat(path).catch((error: unknown) => {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  });
}

async function nearestThere(path: string): Promise<string> {
  return (await statIfThere(path)) === undefined ? nearestThere(dirname(path)) : path;
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}

/** `EACCES: permission denied` of what Node says, without the call and the path. */
function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message.split(',')[0]! : String(error);
}

/**
 * Writes a directory whole or not at all: `fill` writes into one beside it, which then takes its name.
 *
 * What was there is moved aside first and removed last, so that at no moment a half-written file has the final name.
 *
 * @throws CrossmodalError `option` as {@link checkOutputDirectory}, before anything is replaced.
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
    // Again, since other files may have come while the work went on.
    await checkOutputDirectory(out);
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
