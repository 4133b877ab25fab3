import { randomSource } from '@crossmodal/core';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Run } from './contest.js';
import { CONTESTANTS } from './contestants.js';
import { drawDigits, PER_CLASS } from './draw-digits.js';
import { standingsPage, standingsText } from './show.js';
import { sideBySide } from './side-by-side.js';

const SEEDS = [0, 1, 2];
const FOLDER = 'crossmodal-report';

const start = performance.now();
const say = (text: string): void => {
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  process.stderr.write(`${seconds.padStart(6)} s  ${text}\n`);
};
say(`${10 * PER_CLASS} digits a seed, as pixels and as histograms of oriented gradients`);

// The slowest come first, so that none is left to run alone at the end.
const slowestFirst = CONTESTANTS.map((_, contestant) => contestant).reverse();
const tasks = slowestFirst.flatMap((contestant) => SEEDS.map((seed) => ({ seed, contestant })));
const runs = CONTESTANTS.map((): Run[] => []);
let backend = '';
const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
await sideBySide(new URL(`./worker.${extension}`, import.meta.url), tasks, (report) => {
  if (report.kind === 'ready') backend = report.backend;
  else if (report.kind === 'say') say(report.text);
  else runs[report.contestant]!.push(report.run);
});

const standings = CONTESTANTS.map(({ name, sees, ours }, i) => ({
  name,
  sees,
  ours,
  runs: runs[i]!.sort((a, b) => a.seed - b.seed),
}));
const page = standingsPage(standings, await drawDigits(PER_CLASS, randomSource(SEEDS[0]!)), [
  { label: 'Objects', value: `${10 * PER_CLASS} digits, ${PER_CLASS} a class` },
  { label: 'Modalities', value: 'pixels 28×28, HOG 441' },
  { label: 'Backend', value: `${backend}, one thread a fit` },
  { label: 'Node.js', value: process.version },
]);
const path = join(FOLDER, 'index.html');
await mkdir(FOLDER, { recursive: true });
await writeFile(path, page);

process.stdout.write(
  `\n${standingsText(standings)}\n\n` +
    `Means over seeds ${SEEDS.join(', ')}, each with other digits. See the clusters: ${path}\n`,
);
