#!/usr/bin/env node
import { fork } from 'node:child_process';
import { constants } from 'node:os';
import { fileURLToPath } from 'node:url';

/** Milliseconds the work has to stop by itself; with those of starting and ending, Ctrl-C takes less than a second. */
const GRACE = 700;
/** Exit codes of the signals that stop the work. */
const STOPPED = { SIGINT: 130, SIGTERM: 130, SIGHUP: 129 } as const;

let stopping: keyof typeof STOPPED | undefined;
let writing: string | undefined;

// Before anything else: a signal without a handler ends this process at once, and leaves the other one to itself.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop);
// A closed stderr has nobody to tell; the result may still have its reader.
process.stderr.on('error', () => {});

// The work runs in a second process: a matrix product can occupy a process for seconds, in which it hears no signal.
const main = import.meta.url.endsWith('.ts') ? './main.ts' : './main.js';
const child = fork(fileURLToPath(new URL(main, import.meta.url)), process.argv.slice(2));
child.on('message', (message) => {
  if (typeof message === 'object' && 'writing' in message) {
    writing = typeof message.writing === 'string' ? message.writing : undefined;
  }
});
child.on('error', (error) => {
  say(`the process that does the work cannot be started: ${error.message}.`);
  process.exit(1);
});
child.on('exit', (code, signal) => void ended(code, signal));

function stop(signal: keyof typeof STOPPED): void {
  if (stopping !== undefined) {
    child.kill('SIGKILL');
    return;
  }
  stopping = signal;
  // It may have ended in this very moment.
  if (child.connected) child.send('stop', () => {});
  setTimeout(() => child.kill('SIGKILL'), GRACE);
}

async function ended(code: number | null, signal: NodeJS.Signals | null): Promise<never> {
  // Ctrl-C reaches both processes, and the end of the other may be known before the signal is heard here.
  if (signal !== null && signal in STOPPED) stopping ??= signal as keyof typeof STOPPED;
  // A process that was killed could not say so itself.
  if (signal !== null) say(stopping === undefined ? killedText(signal) : 'stopped.');
  if (writing !== undefined) {
    const { removeAbandonedBeside } = await import('@crossmodal/io');
    await removeAbandonedBeside(writing).catch((error: unknown) => {
      say(
        `what was written so far cannot be removed: ${error instanceof Error ? error.message : String(error)}.`,
      );
    });
  }
  if (stopping !== undefined && (signal !== null || code === STOPPED.SIGINT)) process.exit(STOPPED[stopping]);
  process.exit(code ?? 128 + constants.signals[signal!]);
}

function killedText(signal: NodeJS.Signals): string {
  // SIGKILL is how Linux ends a process when memory runs out, SIGABRT how JavaScript's own memory does.
  const isMemory = signal === 'SIGKILL' || signal === 'SIGABRT';
  const reason = isMemory ? ', most likely because memory ran out; fewer rows or features need less' : '';
  return `the work was killed by ${signal}${reason}.`;
}

function say(text: string): void {
  // On a terminal the last line, a bar, is drawn over.
  process.stderr.write(`${process.stderr.isTTY ? '\r\u001b[2K' : ''}crossmodal: ${text}\n`);
}
