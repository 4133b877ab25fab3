#!/usr/bin/env node
import { fork } from 'node:child_process';
import { rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Milliseconds the work has to stop by itself; with those of starting and ending, Ctrl-C takes less than a second. */
const GRACE = 700;
const STOPPED = 130;

// The work runs in a second process: a matrix product can occupy a process for seconds, in which it hears no signal.
const main = import.meta.url.endsWith('.ts') ? './main.ts' : './main.js';
const child = fork(fileURLToPath(new URL(main, import.meta.url)), process.argv.slice(2));

let stopping = false;
let staging: string | undefined;

child.on('message', (message) => {
  if (typeof message === 'object' && 'staging' in message) {
    staging = typeof message.staging === 'string' ? message.staging : undefined;
  }
});
child.on('exit', (code, signal) => {
  // A process that was killed could not say so itself; on a terminal its last line is drawn over.
  if (stopping && signal !== null)
    process.stderr.write(`${process.stderr.isTTY ? '\r\u001b[2K' : ''}crossmodal: stopped.\n`);
  if (staging !== undefined) rmSync(staging, { recursive: true, force: true });
  process.exit(stopping ? STOPPED : (code ?? 1));
});
child.on('error', (error) => {
  process.stderr.write(`crossmodal: internal error: ${error.message}\n`);
  process.exit(1);
});

function stop(): void {
  if (stopping) {
    child.kill('SIGKILL');
    return;
  }
  stopping = true;
  if (child.connected) child.send('stop');
  setTimeout(() => child.kill('SIGKILL'), GRACE);
}
process.on('SIGINT', stop);
process.on('SIGTERM', stop);
