import { CommanderError } from 'commander';
import { BAD_INPUT, exitCodeOf, INTERNAL, STOPPED, SUCCESS, UNWRITTEN } from './errors/exit-code.js';
import { internalErrorText } from './errors/internal-error-text.js';
import type { Io } from './io.js';
import { program } from './program.js';

/**
 * Runs the `crossmodal` command in this process.
 *
 * @param argv - arguments after the command's name
 * @param io - where text goes, what stops the work, and the clock
 * @returns the exit code: 0; 2 for bad usage or input, 3 for results that could not be written, 130 when stopped, 1 for what went wrong inside; each after
 * one sentence on stderr
 * @example
 * ```ts
 * const code = await run(['--version'], {
 *   stdout: process.stdout,
 *   stderr: process.stderr,
 *   env: process.env,
 *   signal: new AbortController().signal,
 *   now: () => performance.now(),
 * });
 * ```
 */
export async function run(argv: readonly string[], io: Io): Promise<number> {
  try {
    await program(io).parseAsync([...argv], { from: 'user' });
    return SUCCESS;
  } catch (error) {
    // Commander has already written its message, or the help that was asked for.
    if (error instanceof CommanderError) return error.exitCode === 0 ? SUCCESS : BAD_INPUT;
    if (io.signal.aborted) {
      io.stderr.write('crossmodal: stopped.\n');
      return STOPPED;
    }
    const code = exitCodeOf(error);
    if (error instanceof Error && (code === BAD_INPUT || code === UNWRITTEN)) {
      io.stderr.write(`crossmodal: ${error.message.trim()}\n`);
      return code;
    }
    io.stderr.write(internalErrorText(error, io.env));
    return INTERNAL;
  }
}
