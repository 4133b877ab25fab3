import { internalErrorText } from './errors/internal-error-text.js';
import type { work as Work } from './work.js';

/** What the parent sends to stop the work. */
const STOP = 'stop';
/** Milliseconds that work whose parent has gone has to stop by itself. */
const GRACE = 700;

// All of this before anything is loaded, which takes a while: a signal that comes meanwhile must find it.
const controller = new AbortController();
let writing: string | undefined;
let leaving: Promise<void> | undefined;
const stop = () => controller.abort();
process.on('message', (message) => {
  if (message === STOP) stop();
});
// Ctrl-C and a closed terminal reach every process of it; the parent hears of them too, and sees to the end.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop);
process.on('disconnect', orphaned);
process.on('uncaughtException', (error) => {
  process.stderr.write(internalErrorText(error, process.env));
  void leave(1);
});
if (!process.connected) orphaned();

const entry = import.meta.url.endsWith('.ts') ? './work.ts' : './work.js';
const { work } = (await import(new URL(entry, import.meta.url).href)) as { work: typeof Work };
const code = await work(process.argv.slice(2), controller.signal, (directory) => {
  writing = directory;
  if (process.connected) process.send?.({ writing: directory ?? null }, undefined, undefined, () => {});
});
// Otherwise the process would end in the middle of the removal.
await leaving;
process.exit(code);

/** Without a parent nobody waits for the result; what has been begun is undone. */
function orphaned(): void {
  stop();
  setTimeout(() => void leave(1), GRACE);
}

/** Ends the process once what it has begun to write is gone. */
function leave(code: number): Promise<void> {
  leaving ??= removeWritten().finally(() => process.exit(code));
  return leaving;
}

async function removeWritten(): Promise<void> {
  if (writing === undefined) return;
  const { removeAbandonedBeside } = await import('@crossmodal/io');
  await removeAbandonedBeside(writing, { own: true });
}
