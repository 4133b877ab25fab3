import { startThread } from '#threads';

/** Words of shared memory by which the threads of a crew agree; two of them wake who waits on them. */
export const CREW_WORDS = 16;
const CLAIM = 0;
const DONE = 1;
const SOURCE = 2;
/** A claim is the number of the round and, in so many bits, that of the next chunk. */
const CHUNK_BITS = 10;
const ROUNDS = 2 ** (31 - CHUNK_BITS);
/** Chunks of a round at most. */
export const MOST_CHUNKS = 256;
/** Arguments of the machine code. */
export const ARGUMENTS = 8;

/** What a crew works with. */
export interface CrewOptions {
  /** Machine code that takes {@link ARGUMENTS} numbers. */
  readonly module: object;
  /** Its memory, shared. */
  readonly memory: { readonly buffer: ArrayBuffer };
  /** Its function in this thread. */
  readonly run: (...values: number[]) => void;
  /** Address of {@link CREW_WORDS} words. */
  readonly words: number;
  /** Address of the arguments of each chunk, `[2, chunks, 8]`: for both directions. */
  readonly table: number;
  /** Number of chunks, up to {@link MOST_CHUNKS}. */
  readonly chunks: number;
  /** Threads, this one included. */
  readonly threads: number;
}

/** Threads that share the chunks of each round. */
export interface Crew {
  /** Runs the machine code on every chunk, in the given direction, and returns when all are done. */
  readonly round: (direction: 0 | 1) => void;
  /** Ends the threads. */
  readonly release: () => void;
}

/** What each further thread does until the claim is negative: the loop of {@link startCrew}, which waits for rounds. */
const SCRIPT = `
const words = new Int32Array(data.memory.buffer, data.words, ${CREW_WORDS});
const table = new Uint32Array(data.memory.buffer, data.table, 2 * data.chunks * ${ARGUMENTS});
const { run } = new WebAssembly.Instance(data.module, { host: { memory: data.memory } }).exports;
for (;;) {
  const claim = Atomics.load(words, ${CLAIM});
  if (claim < 0) break;
  const chunk = claim & ${2 ** CHUNK_BITS - 1};
  if (chunk >= data.chunks) {
    Atomics.wait(words, ${CLAIM}, claim);
    continue;
  }
  if (Atomics.compareExchange(words, ${CLAIM}, claim, claim + 1) !== claim) continue;
  const first = (words[${SOURCE}] * data.chunks + chunk) * ${ARGUMENTS};
  run(...table.subarray(first, first + ${ARGUMENTS}));
  if (Atomics.add(words, ${DONE}, 1) + 1 === data.chunks) Atomics.notify(words, ${DONE});
}
`;

/**
 * Starts threads that share the work of rounds with this one. Each chunk is done by whichever thread comes first, so what comes out does not depend on
 * how many there are, a thread that is late or never starts delays nobody, and nothing waits for threads to start.
 */
export function startCrew(options: CrewOptions): Crew {
  const { module, memory, run, chunks, threads } = options;
  const words = new Int32Array(memory.buffer, options.words, CREW_WORDS);
  const table = new Uint32Array(memory.buffer, options.table, 2 * chunks * ARGUMENTS);
  // Nothing to claim before the first round.
  Atomics.store(words, CLAIM, chunks);
  const data = { module, memory, words: options.words, table: options.table, chunks };
  const stops = Array.from({ length: threads - 1 }, () => startThread(SCRIPT, data));
  let number = 0;
  return {
    round(direction) {
      number = (number + 1) % ROUNDS;
      words[SOURCE] = direction;
      Atomics.store(words, DONE, 0);
      Atomics.store(words, CLAIM, number << CHUNK_BITS);
      Atomics.notify(words, CLAIM);
      for (;;) {
        const claim = Atomics.load(words, CLAIM);
        const chunk = claim & (2 ** CHUNK_BITS - 1);
        if (chunk >= chunks) break;
        if (Atomics.compareExchange(words, CLAIM, claim, claim + 1) !== claim) continue;
        const first = (direction * chunks + chunk) * ARGUMENTS;
        run(...table.subarray(first, first + ARGUMENTS));
        Atomics.add(words, DONE, 1);
      }
      for (let done = Atomics.load(words, DONE); done < chunks; done = Atomics.load(words, DONE))
        if (mayWait()) Atomics.wait(words, DONE, done);
    },
    release() {
      Atomics.store(words, CLAIM, -1);
      Atomics.notify(words, CLAIM);
      for (const stop of stops) stop?.();
    },
  };
}

let waits: boolean | undefined;

/** Whether this thread may sleep; that of a browser's page may not, and looks again and again. */
function mayWait(): boolean {
  if (waits !== undefined) return waits;
  try {
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 1);
    return (waits = true);
  } catch {
    return (waits = false);
  }
}
