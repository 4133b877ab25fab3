import { randomSource } from '@crossmodal/core';
import { hog } from '@crossmodal/data';
import { useBackend } from '@crossmodal/tensors';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { contest, type Standing } from './contest.js';
import { contestants } from './contestants.js';
import { drawDigits } from './draw-digits.js';
import { standingsPage, standingsText } from './show.js';

const SEEDS = [0, 1, 2];
const PER_CLASS = 200;
const FOLDER = 'crossmodal-report';

const start = performance.now();
const say = (text: string): void => {
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  process.stderr.write(`${seconds.padStart(6)} s  ${text}\n`);
};

say(`drawing ${10 * PER_CLASS} digits`);
const { pixels, classes } = await drawDigits(PER_CLASS, randomSource(0));
const gradients = hog(pixels, 'HOG');
const backend = await useBackend('auto');
say(
  `two modalities: pixels ${pixels.height} x ${pixels.width}, HOG ${gradients.features.columns}; backend ${backend.name}`,
);

const standings: Standing[] = [];
for (const contestant of contestants([pixels, gradients])) {
  standings.push(await contest(contestant, SEEDS, classes, say));
}

const page = standingsPage(standings, pixels, classes, [
  { label: 'Objects', value: `${classes.length} digits, ${PER_CLASS} a class` },
  {
    label: 'Modalities',
    value: `pixels ${pixels.height}×${pixels.width}, HOG ${gradients.features.columns}`,
  },
  { label: 'Backend', value: backend.name },
  { label: 'Node.js', value: process.version },
]);
const path = join(FOLDER, 'index.html');
await mkdir(FOLDER, { recursive: true });
await writeFile(path, page);

process.stdout.write(
  `\n${standingsText(standings)}\n\nMeans over seeds ${SEEDS.join(', ')}. See the clusters: ${path}\n`,
);
