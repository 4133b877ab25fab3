import { fork } from 'node:child_process';
import { availableParallelism } from 'node:os';
import type { Entrant, Run } from './contest.js';

/** One contestant's run with one seed. */
export interface Task {
  readonly seed: number;
  /** Position among the contestants. */
  readonly contestant: number;
}

/** What a worker says first: who takes part, and what they compute on. */
export interface Ready {
  readonly kind: 'ready';
  readonly backend: string;
  readonly entrants: readonly Entrant[];
}

/** What a worker says. */
export type Report =
  Ready | { readonly kind: 'progress'; readonly text: string } | { readonly kind: 'done'; readonly run: Run };

/** Who hears of the work; a worker is known by its place, `0..`. */
export interface Listener {
  /** A worker takes up a task, or ends when there is none left. */
  takes(worker: number, task: Task | undefined): void;
  /** How far a worker's task is. */
  progress(worker: number, text: string): void;
  /** A task is done. */
  done(task: Task, run: Run): void;
}

/** Runs tasks in as many processes as there are cores, in order; each process takes the next task when it is done with one. */
export async function sideBySide(
  worker: URL,
  plan: (ready: Ready) => readonly Task[],
  listener: Listener,
): Promise<void> {
  let queue: Task[] | undefined;
  const work = (place: number) =>
    new Promise<void>((done, fail) => {
      // Structured cloning keeps typed arrays what they are.
      const child = fork(worker, { serialization: 'advanced' });
      let task: Task | undefined;
      child.on('message', (report: Report) => {
        if (report.kind === 'progress') {
          listener.progress(place, report.text);
          return;
        }
        if (report.kind === 'ready') queue ??= [...plan(report)];
        else listener.done(task!, report.run);
        task = queue!.shift();
        listener.takes(place, task);
        if (task === undefined) child.disconnect();
        else child.send(task);
      });
      child.on('error', fail);
      child.on('exit', (code) =>
        code === 0 ? done() : fail(new Error(`A worker ended with ${code ?? 'a signal'}.`)),
      );
    });
  await Promise.all(Array.from({ length: availableParallelism() }, (_, place) => work(place)));
}
