import { expect, test } from 'vitest';
import type { Run } from './contest.js';
import { ContestProgress } from './progress.js';

const entrants = [
  { name: 'exact', sees: 'both', ours: true },
  { name: 'k-means', sees: 'pixels', ours: false },
];
const run = (seed: number, acc: number): Run => ({
  seed,
  labels: new Int32Array(0),
  scores: { acc, nmi: 0, ari: 0, ami: 0, purity: 0, fScore: 0 },
  seconds: 1,
});

function contest(screen: { isTTY: boolean; columns?: number }) {
  const written: string[] = [];
  let time = 0;
  const progress = new ContestProgress({ ...screen, write: (text) => written.push(text) }, () => time);
  progress.begins(entrants, 2);
  return { progress, written, at: (milliseconds: number) => (time = milliseconds) };
}

test('where no one watches there is one line a contestant, when all its runs are done', () => {
  const { progress, written, at } = contest({ isTTY: false });
  progress.takes(0, { contestant: 0, seed: 1 });
  progress.progress(0, 'fit 1/2');
  progress.done({ contestant: 0, seed: 1 }, run(1, 0.5));
  expect(written).toEqual([]);
  at(2100);
  progress.done({ contestant: 0, seed: 0 }, run(0, 0.75));
  progress.takes(0, undefined);
  progress.end();
  expect(written).toEqual(['   2 s  exact    both    accuracy 0.750  0.500\n']);
});

test('a terminal shows who is at work in one line, no wider than it is, and none is left', () => {
  const { progress, written, at } = contest({ isTTY: true, columns: 60 });
  progress.takes(0, { contestant: 0, seed: 1 });
  progress.takes(1, { contestant: 1, seed: 0 });
  const whole = '   0 s  ···················· 0/4  exact (seed 1), k-means (seed 0)';
  expect(written.at(-1)).toBe(`\r\u001b[2K${whole.slice(0, 59)}`);
  progress.progress(0, 'fit 1/2');
  expect(written).toHaveLength(2);
  at(500);
  progress.progress(0, 'fit 2/2');
  expect(written.at(-1)).toContain('exact (seed 1) fit 2/2');
  for (const seed of [0, 1]) progress.done({ contestant: 0, seed }, run(seed, 0.5));
  expect(written.slice(-2)).toEqual(['\r\u001b[2K', '   1 s  exact    both    accuracy 0.500  0.500\n']);
  progress.takes(0, undefined);
  expect(written.at(-1)).toContain('━━━━━━━━━━·········· 2/4  k-means (seed 0)');
  progress.end();
  expect(written.at(-1)).toBe('\r\u001b[2K');
});
