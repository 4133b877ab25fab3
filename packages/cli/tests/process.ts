import { spawn, type ChildProcess, type StdioOptions } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Ran } from './fixture.js';

const bin = resolve(import.meta.dirname, '../src/bin.ts');

/** Starts the command from its sources, as the installed one would start from its build. */
export function start(argv: readonly string[], stdio: StdioOptions = 'pipe', detached = false): ChildProcess {
  const flags = ['--import', 'tsx', '--conditions=@crossmodal/source', bin];
  return spawn(process.execPath, [...flags, ...argv], {
    cwd: resolve(import.meta.dirname, '..'),
    stdio,
    detached,
  });
}

/** Waits until a command and all that holds its pipes have ended; the code is -1 when a signal ended it. */
export function ended(child: ChildProcess): Promise<Ran> {
  let stdout = '';
  let stderr = '';
  child.stdout?.on('data', (chunk) => (stdout += String(chunk)));
  child.stderr?.on('data', (chunk) => (stderr += String(chunk)));
  return new Promise((done, fail) => {
    child.on('error', fail);
    child.on('close', (code) => done({ code: code ?? -1, stdout, stderr }));
  });
}

/** Waits until stderr says something. */
export function says(child: ChildProcess, text: string): Promise<void> {
  return new Promise((done) => child.stderr!.on('data', (chunk) => String(chunk).includes(text) && done()));
}

/** Number of the process that does the work of a command; Linux only. */
export async function workerOf({ pid }: ChildProcess): Promise<number> {
  for (;;) {
    const [first] = (await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8')).split(' ');
    if (first) return Number(first);
    await new Promise((done) => setTimeout(done, 10));
  }
}
