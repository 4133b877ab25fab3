import { buffer } from 'node:stream/consumers';
import { STOPPED, SUCCESS, UNWRITTEN } from './errors/exit-code.js';
import { guardedSink } from './output/guarded-sink.js';
import { run } from './run.js';

/**
 * Runs the command on the streams of this process, and sees to it that all of its text arrives, or that it is said why not.
 *
 * @returns the exit code
 */
export async function work(
  argv: readonly string[],
  signal: AbortSignal,
  onStaging: (directory: string | undefined) => void,
): Promise<number> {
  const stdout = guardedSink(process.stdout);
  const stderr = guardedSink(process.stderr);
  const stdin = () => buffer(process.stdin);
  const { env } = process;
  let code = STOPPED;
  if (signal.aborted) stderr.write('crossmodal: stopped.\n');
  else
    code = await run(argv, { stdout, stderr, stdin, env, signal, now: () => performance.now(), onStaging });

  const failure = await stdout.end();
  if (failure !== undefined && !isClosedPipe(failure)) {
    stderr.write(`crossmodal: stdout cannot be written: ${reasonOf(failure)}.\n`);
    if (code === SUCCESS) code = UNWRITTEN;
  }
  // When stderr fails nobody is left to be told, and the work is done all the same.
  await stderr.end();
  return code;
}

/** The reader, such as `head`, has what it wanted. */
function isClosedPipe(error: Error): boolean {
  return 'code' in error && error.code === 'EPIPE';
}

/** `no space left on device` of what Node.js says, without code, call and path. */
function reasonOf(error: Error): string {
  return error.message.split(',')[0]!.replace(/^E[A-Z0-9]+: /, '');
}
