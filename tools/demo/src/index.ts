import { randomSource } from '@crossmodal/core';
import { hog } from '@crossmodal/data';
import { tf, useBackend } from '@crossmodal/tensors';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { compete, type Run, type Standing } from './contest.js';
import { contestants } from './contestants.js';
import { drawDigits, type Digits } from './draw-digits.js';
import { standingsPage, standingsText } from './show.js';

const SEEDS = [0, 1, 2];
const PER_CLASS = 200;
const FOLDER = 'crossmodal-report';

const start = performance.now();
const say = (text: string): void => {
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  process.stderr.write(`${seconds.padStart(6)} s  ${text}\n`);
};

// Keeps TensorFlow.js from advertising its other packages.
tf.enableProdMode();
const backend = await useBackend('auto');
say(
  `${10 * PER_CLASS} digits a seed, as pixels and as histograms of oriented gradients; backend ${backend.name}`,
);

const standings = new Map<string, Omit<Standing, 'runs'> & { readonly runs: Run[] }>();
let shown: Digits | undefined;
for (const seed of SEEDS) {
  const digits = await drawDigits(PER_CLASS, randomSource(seed));
  shown ??= digits;
  for (const contestant of contestants([digits.pixels, hog(digits.pixels, 'HOG')])) {
    const { name, sees, ours } = contestant;
    const standing = standings.get(`${name} ${sees}`) ?? { name, sees, ours, runs: [] };
    standings.set(`${name} ${sees}`, standing);
    standing.runs.push(await compete(contestant, seed, digits.classes, say));
  }
}

const page = standingsPage([...standings.values()], shown!, [
  { label: 'Objects', value: `${10 * PER_CLASS} digits, ${PER_CLASS} a class` },
  { label: 'Modalities', value: 'pixels 28×28, HOG 441' },
  { label: 'Backend', value: backend.name },
  { label: 'Node.js', value: process.version },
]);
const path = join(FOLDER, 'index.html');
await mkdir(FOLDER, { recursive: true });
await writeFile(path, page);

process.stdout.write(
  `\n${standingsText([...standings.values()])}\n\n` +
    `Means over seeds ${SEEDS.join(', ')}, each with other digits. See the clusters: ${path}\n`,
);
