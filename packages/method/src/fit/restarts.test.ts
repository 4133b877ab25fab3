import { CrossmodalError, randomSource } from '@crossmodal/core';
import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { restarts } from './restarts.js';

const diverged = () =>
  new CrossmodalError({ code: 'diverged', where: 'train', expected: 'a finite loss', received: 'NaN' });

/** Runs with given losses; undefined diverges. */
function planned(losses: readonly (number | undefined)[]) {
  const discarded: number[] = [];
  const outcome = restarts({
    runs: losses.length,
    random: randomSource(0),
    run: (_, r) => {
      const loss = losses[r];
      return loss === undefined ? Promise.reject(diverged()) : Promise.resolve({ value: r, loss });
    },
    discard: (value) => discarded.push(value),
  });
  return { outcome, discarded };
}

describe('restarts', () => {
  test.prop([
    fc.array(fc.option(fc.integer({ min: 0, max: 5 }), { nil: undefined }), { minLength: 1, maxLength: 8 }),
  ])('keeps the first run of the smallest loss and discards the others', async (losses) => {
    const { outcome, discarded } = planned(losses);
    const finished = losses.flatMap((loss, r) => (loss === undefined ? [] : [r]));
    if (finished.length === 0) {
      await expect(outcome).rejects.toThrowError(/finite loss/);
      return;
    }
    const least = Math.min(...losses.filter((loss) => loss !== undefined));
    const { value, run, losses: reported } = await outcome;
    expect(run).toBe(losses.indexOf(least));
    expect(value).toBe(run);
    expect(reported).toEqual(losses.map((loss) => loss ?? Infinity));
    expect(discarded.sort()).toEqual(finished.filter((r) => r !== run));
  });

  test('each run has random numbers of its own, the same every time', async () => {
    const draw = async () => {
      const drawn: number[] = [];
      await restarts({
        runs: 3,
        random: randomSource(4),
        run: (random) => Promise.resolve({ value: drawn.push(random.uniform()), loss: 0 }),
      });
      return drawn;
    };
    const drawn = await draw();
    expect(new Set(drawn).size).toBe(3);
    expect(await draw()).toEqual(drawn);
  });

  test('a loss that is not a number loses', async () => {
    const { outcome } = planned([NaN, 3]);
    expect((await outcome).run).toBe(1);
  });

  test('other errors end it, and what was kept is discarded', async () => {
    const discarded: number[] = [];
    const outcome = restarts({
      runs: 2,
      random: randomSource(0),
      run: (_, r) => (r === 0 ? Promise.resolve({ value: 7, loss: 1 }) : Promise.reject(new Error('stop'))),
      discard: (value) => discarded.push(value),
    });
    await expect(outcome).rejects.toThrowError('stop');
    expect(discarded).toEqual([7]);
  });

  test('refuses no run', async () => {
    await expect(planned([]).outcome).rejects.toThrowError(/1 or more/);
  });
});
