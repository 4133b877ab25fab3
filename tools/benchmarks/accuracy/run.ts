import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createCmscDcca } from '@crossmodal/cmsc-dcca';
import { randomSource, type Clusterer, type Paired } from '@crossmodal/core';
import { developmentSets } from '@crossmodal/datasets';
import { createDmsc } from '@crossmodal/dmsc';
import { createExact } from '@crossmodal/exact';
import { accuracy, nmi } from '@crossmodal/metrics';
import { useBackend, type BackendName } from '@crossmodal/tensors';
import { targets } from './targets.js';

const { values } = parseArgs({
  options: {
    backend: { type: 'string', default: 'auto' },
    sets: { type: 'string', default: '' },
    variants: { type: 'string' },
    seeds: { type: 'string', default: '3' },
    method: { type: 'string', default: 'exact' },
    options: { type: 'string', default: '{}' },
    draw: { type: 'string', default: '0' },
  },
});
const root = process.env['CROSSMODAL_DATA'] ?? join(import.meta.dirname, '../../../../shared/data');
const seeds = Array.from({ length: Number(values.seeds) }, (_, seed) => seed);
const wanted =
  values.sets === ''
    ? developmentSets
    : developmentSets.filter(({ name }) => values.sets.split(',').includes(name));
if (!wanted.some(({ folder }) => existsSync(join(root, folder)))) {
  const named =
    wanted.length === 0
      ? `no set of '${values.sets}'`
      : `none of ${wanted.map(({ name }) => name).join(', ')}`;
  console.error(
    `No data: ${named} is in '${root}'. Sets: ${developmentSets.map(({ name }) => name).join(', ')}.`,
  );
  process.exit(2);
}

const { name: backend } = await useBackend(values.backend as BackendName | 'auto');
console.log(
  `backend ${backend}; mean ± deviation over ${seeds.length} seeds; target in brackets; seconds of one fit\n`,
);

const variants = values.variants ?? (values.method === 'exact' ? 'C5,C5+HOG,R,F2,F2+HOG' : 'R');
for (const variant of variants.split(',')) {
  const hog = variant.endsWith('+HOG');
  const clusterer = method(variant.split('+')[0]!);
  console.log(`| ${variant} | ACC | NMI | seconds | features + affinity + assign |\n|---|---|---|---|---|`);
  const means: [number, number][] = [];
  for (const set of wanted) {
    if (hog && !set.hasImages) continue;
    if (!existsSync(join(root, set.folder))) {
      console.log(`| ${set.name} | absent | | | |`);
      continue;
    }
    const scores: [number, number][] = [];
    const seconds = [0, 0, 0];
    for (const seed of seeds) {
      const draw = values.draw === 'seed' ? seed : Number(values.draw);
      const { data, labels } = await set.load(root, { random: randomSource(draw), hog });
      const fitted = await clusterer.fit(data, { clusters: set.classes, seed });
      scores.push([accuracy(labels, fitted.labels), nmi(labels, fitted.labels)]);
      [fitted.seconds.fit, fitted.seconds.affinity, fitted.seconds.assign].forEach(
        (part, p) => (seconds[p]! += part / seeds.length),
      );
      fitted.dispose();
    }
    const target = values.method === 'exact' ? targets[variant]?.[set.name] : undefined;
    const cell = (p: 0 | 1): string => {
      const mean = average(scores.map((score) => score[p]));
      const deviation = Math.sqrt(average(scores.map((score) => (score[p] - mean) ** 2)));
      return `${mean.toFixed(3)} ± ${deviation.toFixed(3)} (${target?.[p].toFixed(3) ?? '–'})`;
    };
    means.push([average(scores.map((score) => score[0])), average(scores.map((score) => score[1]))]);
    const total = seconds.reduce((sum, part) => sum + part, 0);
    console.log(
      `| ${set.name} | ${cell(0)} | ${cell(1)} | ${total.toFixed(1)} | ${seconds.map((part) => part.toFixed(2)).join(' + ')} |`,
    );
  }
  // Without images, HOG has nothing to do.
  if (means.length === 0) continue;
  console.log(
    `| mean of ${means.length} | ${average(means.map((mean) => mean[0])).toFixed(4)} | ${average(means.map((mean) => mean[1])).toFixed(4)} | | |\n`,
  );
}

/** The method whose affinity is the named set of graphs, other options as given on the command line. */
function method(graphs: string): Clusterer<Paired> {
  const options = { graphs, ...(JSON.parse(values.options) as object) } as Parameters<typeof createExact>[0];
  if (values.method === 'exact') return createExact(options);
  if (values.method === 'dmsc') return createDmsc(options);
  if (values.method === 'cmsc-dcca') return createCmscDcca(options);
  throw new Error(`--method: expected exact, dmsc or cmsc-dcca, got ${values.method}`);
}

function average(numbers: readonly number[]): number {
  return numbers.reduce((sum, value) => sum + value, 0) / numbers.length;
}
