import { affinityPlan, GRAPHS_C5 } from '@crossmodal/self-expressive';
import { useBackend } from '@crossmodal/tensors';
import { beforeAll, expect, test } from 'vitest';
import { fitPause } from '../fit/fit-pause.js';
import { planNote } from './plan-note.js';

beforeAll(() => useBackend('wasm'));
const planOf = (n: number) => affinityPlan({ n, columns: [784, 441], recipes: GRAPHS_C5 });

test('a plan that takes long is told with its route, bytes and seconds; a short one is not', () => {
  expect(planNote(planOf(300))).toBeUndefined();
  expect(planNote(planOf(70_000))).toMatch(
    /^graphs among near samples \(approximate\): about 0\.\d GiB and [1-9]\d*0* s$/,
  );
  expect(planNote(planOf(8000))).toMatch(/block by block \(sparse\)/);
  expect(planNote(planOf(5000))).toMatch(/graphs of all pairs \(dense\)/);
  const seconds = (n: number) => Number(/and (\d+) s/.exec(planNote(planOf(n))!)![1]);
  expect(seconds(1_000_000)).toBeGreaterThan(5 * seconds(70_000));
});

test('a pause passes a note on, and none where there is none', async () => {
  const events: unknown[] = [];
  const pause = fitPause('method', { onProgress: (event) => events.push(event) });
  await pause('affinity', 0, 1, 'a note');
  await pause('affinity', 1, 1);
  expect(events).toEqual([
    { phase: 'affinity', step: 0, steps: 1, note: 'a note' },
    { phase: 'affinity', step: 1, steps: 1 },
  ]);
});
