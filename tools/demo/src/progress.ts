import type { Entrant, Run } from './contest.js';
import type { Listener, Task } from './side-by-side.js';

/** Where progress is written. */
export interface Screen {
  write(text: string): unknown;
  /** Whether a person watches it, so that a line may be drawn over. */
  readonly isTTY?: boolean;
  readonly columns?: number;
}

/** A live line is redrawn at most this often, in milliseconds. */
const INTERVAL = 100;
const BAR = 20;

/** Shows a contest while it runs: a line a contestant once all its runs are done, and on a terminal a live line of who is at work. */
export class ContestProgress implements Listener {
  readonly #screen: Screen;
  readonly #now: () => number;
  readonly #start: number;
  #entrants: readonly Entrant[] = [];
  #runsEach = 0;
  readonly #runs = new Map<number, Run[]>();
  readonly #atWork = new Map<number, { readonly who: string; readonly how: string }>();
  #done = 0;
  #drawn = -Infinity;

  constructor(screen: Screen, now: () => number = () => performance.now()) {
    this.#screen = screen;
    this.#now = now;
    this.#start = now();
  }

  /** Says what there is to see. */
  title(text: string): void {
    this.#screen.write(`${text}\n\n`);
  }

  /** Names who takes part, and how often each runs. */
  begins(entrants: readonly Entrant[], runsEach: number): void {
    this.#entrants = entrants;
    this.#runsEach = runsEach;
  }

  takes(worker: number, task: Task | undefined): void {
    if (task === undefined) this.#atWork.delete(worker);
    else {
      const who = `${this.#entrants[task.contestant]!.name} (seed ${task.seed})`;
      this.#atWork.set(worker, { who, how: '' });
    }
    this.#live(true);
  }

  progress(worker: number, text: string): void {
    const { who } = this.#atWork.get(worker)!;
    this.#atWork.set(worker, { who, how: ` ${text}` });
    this.#live(false);
  }

  done({ contestant }: Task, run: Run): void {
    const runs = [...(this.#runs.get(contestant) ?? []), run].sort((a, b) => a.seed - b.seed);
    this.#runs.set(contestant, runs);
    this.#done++;
    if (runs.length < this.#runsEach) return;
    const { name, sees } = this.#entrants[contestant]!;
    const width = (key: 'name' | 'sees') => Math.max(...this.#entrants.map((entrant) => entrant[key].length));
    const accuracies = runs.map(({ scores }) => scores.acc.toFixed(3)).join('  ');
    const title = `${name.padEnd(width('name'))}  ${sees.padEnd(width('sees'))}`;
    this.#line(`${this.#seconds()}  ${title}  accuracy ${accuracies}`);
  }

  /** Removes the live line. */
  end(): void {
    if (this.#drawn !== -Infinity) this.#screen.write('\r\u001b[2K');
    this.#drawn = -Infinity;
  }

  #line(text: string): void {
    this.end();
    this.#screen.write(`${text}\n`);
  }

  #live(urgent: boolean): void {
    const now = this.#now();
    if (this.#screen.isTTY !== true || (!urgent && now - this.#drawn < INTERVAL)) return;
    this.#drawn = now;
    const all = this.#entrants.length * this.#runsEach;
    const full = Math.round((BAR * this.#done) / all);
    const bar = '━'.repeat(full) + '·'.repeat(BAR - full);
    const workers = [...this.#atWork].sort(([a], [b]) => a - b).map(([, { who, how }]) => who + how);
    const text = `${this.#seconds()}  ${bar} ${this.#done}/${all}  ${workers.join(', ')}`;
    // One column is kept free: a line that fills the terminal wraps, and cannot be erased. Some terminals say they have 0.
    this.#screen.write(`\r\u001b[2K${text.slice(0, (this.#screen.columns || 80) - 1)}`);
  }

  #seconds(): string {
    return `${Math.round((this.#now() - this.#start) / 1000)} s`.padStart(6);
  }
}
