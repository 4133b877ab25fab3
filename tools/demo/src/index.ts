import { randomSource } from '@crossmodal/core';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Run } from './contest.js';
import { drawDigits, PER_CLASS } from './draw-digits.js';
import { ContestProgress } from './progress.js';
import { standingsPage, standingsText } from './show.js';
import { sideBySide, type Ready } from './side-by-side.js';

const SEEDS = [0, 1, 2];
const FOLDER = 'crossmodal-report';

const count = (10 * PER_CLASS).toLocaleString('en');
const progress = new ContestProgress(process.stderr);
progress.title(
  `${count} handwritten digits, as pixels and as histograms of oriented gradients (HOG), clustered without labels.\n` +
    `Every method clusters ${SEEDS.length} times, each time other digits; several work at once. This takes a minute or two.`,
);

let first: Ready | undefined;
const runs: Run[][] = [];
const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
await sideBySide(
  new URL(`./worker.${extension}`, import.meta.url),
  (ready) => {
    first = ready;
    progress.begins(ready.entrants, SEEDS.length);
    // The slowest come first, so that none is left to run alone at the end.
    const slowestFirst = ready.entrants.map((_, contestant) => contestant).reverse();
    return slowestFirst.flatMap((contestant) => SEEDS.map((seed) => ({ seed, contestant })));
  },
  {
    takes: (worker, task) => progress.takes(worker, task),
    progress: (worker, text) => progress.progress(worker, text),
    done: (task, run) => {
      (runs[task.contestant] ??= []).push(run);
      progress.done(task, run);
    },
  },
);
progress.end();

const { entrants, backend } = first!;
const standings = entrants.map((entrant, i) => ({
  ...entrant,
  runs: runs[i]!.sort((a, b) => a.seed - b.seed),
}));
const page = standingsPage(standings, await drawDigits(PER_CLASS, randomSource(SEEDS[0]!)), [
  { label: 'Objects', value: `${count} digits, ${PER_CLASS} per class` },
  { label: 'Modalities', value: 'pixels 28×28, HOG 441' },
  { label: 'Backend', value: `${backend}, one thread per fit` },
  { label: 'Node.js', value: process.version },
]);
const path = join(FOLDER, 'index.html');
await mkdir(FOLDER, { recursive: true });
await writeFile(path, page);

process.stdout.write(
  `\n${standingsText(standings)}\n\n` +
    `Means over seeds ${SEEDS.join(', ')}; ACC with its standard deviation. See the clusters: ${path}\n`,
);
