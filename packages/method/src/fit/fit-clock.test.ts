import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { fitClock } from './fit-clock.js';

let now = 0;
beforeEach(() => {
  now = 1000;
  vi.spyOn(performance, 'now').mockImplementation(() => now);
});
afterEach(() => {
  vi.restoreAllMocks();
});

/** Pauses at given milliseconds, and reads the clock a second after the last. */
async function secondsOf(pauses: readonly (readonly [phase: string, at: number])[], spent?: number) {
  const clock = fitClock(spent);
  const passed: unknown[] = [];
  const pause = clock.timed((...event) => {
    passed.push(event);
    return Promise.resolve();
  });
  for (const [phase, at] of pauses) {
    now = at;
    await pause(phase, 1, 2);
  }
  now += 1000;
  expect(passed).toEqual(pauses.map(([phase]) => [phase, 1, 2]));
  return { ...clock.seconds(), elapsed: clock.elapsed() };
}

test('the first pause of a phase ends the time before', async () => {
  const pauses = [
    ['train', 2000],
    ['affinity', 4000],
    ['affinity', 5000],
    ['assign', 9000],
    ['assign', 9500],
  ] as const;
  expect(await secondsOf(pauses)).toEqual({ fit: 3, affinity: 5, assign: 1.5, elapsed: 9.5 });
});

test('a phase that there is not takes no time', async () => {
  expect(await secondsOf([['assign', 3000]])).toEqual({ fit: 2, affinity: 0, assign: 1, elapsed: 3 });
  expect(await secondsOf([['train', 5000]])).toMatchObject({ affinity: 0, assign: 0 });
});

test('training that lies behind counts as fit', async () => {
  expect(await secondsOf([['assign', 2000]], 10)).toEqual({ fit: 11, affinity: 0, assign: 1, elapsed: 12 });
});
