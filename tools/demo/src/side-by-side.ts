import { fork } from 'node:child_process';
import { availableParallelism } from 'node:os';
import type { Run } from './contest.js';

/** One contestant's run with one seed. */
export interface Task {
  readonly seed: number;
  /** Position among the contestants. */
  readonly contestant: number;
}

/** What a worker says. */
export type Report =
  | { readonly kind: 'ready'; readonly backend: string }
  | { readonly kind: 'say'; readonly text: string }
  | { readonly kind: 'done'; readonly contestant: number; readonly run: Run };

/** Runs tasks in as many processes as there are cores, in order; each process takes the next task when it is done with one. */
export async function sideBySide(
  worker: URL,
  tasks: readonly Task[],
  hear: (report: Report) => void,
): Promise<void> {
  const queue = [...tasks];
  const count = Math.min(availableParallelism(), tasks.length);
  const work = () =>
    new Promise<void>((done, fail) => {
      // Structured cloning keeps typed arrays what they are.
      const child = fork(worker, { serialization: 'advanced' });
      child.on('message', (report: Report) => {
        hear(report);
        if (report.kind === 'say') return;
        const task = queue.shift();
        if (task === undefined) child.disconnect();
        else child.send(task);
      });
      child.on('error', fail);
      child.on('exit', (code) =>
        code === 0 ? done() : fail(new Error(`A worker ended with ${code ?? 'a signal'}.`)),
      );
    });
  await Promise.all(Array.from({ length: count }, work));
}
