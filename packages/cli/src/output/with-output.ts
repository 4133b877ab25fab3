import { isCrossmodalError } from '@crossmodal/core';
import { reserveDirectory, type ReservedDirectory } from '@crossmodal/io';
import { resolve } from 'node:path';
import { usageError } from '../errors/usage-error.js';
import type { Io } from '../io.js';
import { checkInputsOutside } from './check-inputs-outside.js';
import { OutputError } from './output-error.js';
import { RESULT_FILES } from './result-files.js';

/** Arguments that say where results go, and what must stay. */
export interface OutputArguments {
  readonly out?: string;
  /** Whether our own unchanged files in a directory that is there are replaced. */
  readonly force?: boolean;
  readonly modality: readonly string[];
  readonly labels: readonly string[];
}

/** The result directory of a command. */
export interface Output {
  /**
   * Gives the directory the files that `fill` writes, all or none.
   *
   * @returns what went wrong, if anything did, so that the result can be printed before the command fails with it
   * @throws when the command was stopped
   */
  write(fill: (staging: string) => Promise<void>): Promise<Error | undefined>;
}

/** Space that is taken before the work: what the smallest results need. */
const RESERVE = 2 ** 18;

/**
 * Runs a command that may have a result directory, which is checked and kept for it before the command starts.
 *
 * @throws CrossmodalError `option` when the directory is a file or holds something that must stay, among it what the command reads; when
 * another process is writing it; or when it cannot be written.
 */
export async function withOutput(
  args: OutputArguments,
  io: Pick<Io, 'signal' | 'onStaging'>,
  command: (output: Output | undefined) => Promise<void>,
): Promise<void> {
  if (args.out === undefined) {
    if (args.force === true) throw usageError('--force', 'an --out to go with it', 'none');
    return command(undefined);
  }
  const { out } = args;
  const where = `--out '${out}'`;
  io.onStaging?.(resolve(out));
  try {
    const reserved = await reserve(args, out, where);
    try {
      await command({ write: (fill) => write(reserved, fill, where, io.signal) });
    } finally {
      reserved.release();
    }
  } finally {
    io.onStaging?.(undefined);
  }
}

async function reserve(args: OutputArguments, out: string, where: string): Promise<ReservedDirectory> {
  // An empty path would resolve to the working directory, whatever that holds.
  if (out === '') throw usageError(where, 'a directory', 'nothing');
  if (resolve(out) === process.cwd()) {
    throw usageError(where, 'a new directory', 'the working directory', 'Name a directory inside it.');
  }
  await checkInputsOutside(out, [...args.modality, ...args.labels]);
  try {
    return await reserveDirectory(out, {
      existing: args.force === true ? 'beside' : 'refuse',
      names: RESULT_FILES,
      advice:
        'Name another directory, or add --force: it replaces unchanged files of earlier results and keeps all others.',
      reserve: RESERVE,
    });
  } catch (error) {
    if (!isCrossmodalError(error, 'state')) throw error;
    throw usageError(where, error.expected, error.received, error.advice);
  }
}

async function write(
  reserved: ReservedDirectory,
  fill: (staging: string) => Promise<void>,
  where: string,
  signal: AbortSignal,
): Promise<Error | undefined> {
  try {
    await reserved.write(async (staging) => {
      await fill(staging);
      signal.throwIfAborted();
    });
    return undefined;
  } catch (error) {
    if (signal.aborted || !(error instanceof Error)) throw error;
    // Where a part of the results would have gone is nothing that the user has named.
    if (isCrossmodalError(error, 'state')) {
      return new OutputError(
        `${where}: expected ${error.expected}, got ${error.received}. ${error.advice ?? ''}`,
        { cause: error },
      );
    }
    return error;
  }
}
