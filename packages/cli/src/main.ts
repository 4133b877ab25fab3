import { buffer } from 'node:stream/consumers';
import { run } from './run.js';

/** What the parent sends to stop the work. */
const STOP = 'stop';

const controller = new AbortController();
process.on('message', (message) => {
  if (message === STOP) controller.abort();
});
// Ctrl-C reaches every process of the terminal; the parent decides what it means.
process.on('SIGINT', () => {});
process.on('disconnect', () => process.exit(1));

const code = await run(process.argv.slice(2), {
  stdout: process.stdout,
  stderr: process.stderr,
  stdin: () => buffer(process.stdin),
  env: process.env,
  signal: controller.signal,
  now: () => performance.now(),
  onStaging: (directory) => process.send?.({ staging: directory ?? null }),
});
await Promise.all(
  [process.stdout, process.stderr].map((stream) => new Promise((done) => stream.write('', done))),
);
process.exit(code);
