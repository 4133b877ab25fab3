import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';

/** Threads that can run at the same time. */
export function coreCount(): number {
  return availableParallelism();
}

/**
 * Starts a thread that runs a script, in which `data` is what it was given. It does not keep the process alive.
 *
 * @returns what stops it; undefined where threads are forbidden
 */
export function startThread(script: string, data: object): (() => void) | undefined {
  try {
    const source = `const { workerData: data } = require('node:worker_threads');\n${script}`;
    // The process's own flags may name loaders, which cost more than the script.
    const worker = new Worker(source, { eval: true, workerData: data, execArgv: [] });
    worker.unref();
    // A thread that cannot start takes no work: whoever started it does all of it.
    worker.on('error', () => undefined);
    return () => void worker.terminate();
  } catch {
    return undefined;
  }
}
