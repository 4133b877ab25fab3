import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { encodeLabels } from '@crossmodal/metrics';
import { randomSource } from '@crossmodal/core';
import { useBackend, type BackendName } from '@crossmodal/tensors';
import { lackingFlags, losses } from './loss.js';
import { methods } from './methods.js';
import { namingOf } from './naming.js';
import { completeSets, folders, type CompleteSet } from './sets-of-rows.js';

const { values } = parseArgs({
  options: {
    methods: { type: 'string', default: 'C5' },
    sets: { type: 'string', default: 'digits,msrcv1,planted' },
    rates: { type: 'string', default: '0,0.1,0.3,0.5' },
    loss: { type: 'string', default: 'one' },
    seeds: { type: 'string', default: '1,2,3,4,5' },
    options: { type: 'string', default: '{}' },
    'per-class': { type: 'string', default: '100' },
    n: { type: 'string', default: '500' },
    apart: { type: 'boolean', default: false },
    backend: { type: 'string', default: 'auto' },
  },
});
const root = process.env['CROSSMODAL_DATA'] ?? join(import.meta.dirname, '../../../../shared/data');
const list = (text: string) => text.split(',').filter((part) => part !== '');
refuseUnknown('methods', list(values.methods), methods);
refuseUnknown('sets', list(values.sets), completeSets);
refuseUnknown('loss', [values.loss], losses);
const rates = list(values.rates).map(Number);
const seeds = list(values.seeds).map(Number);
const { name: backend } = await useBackend(values.backend as BackendName | 'auto');
const what = values.apart ? 'ACC of all rows; of those that lack nothing; of the others' : 'ACC of all rows';
console.log(
  `backend ${backend}; ${what}; mean ± deviation over seeds ${values.seeds}; loss ${values.loss}\n`,
);
for (const method of list(values.methods)) {
  const columns = rates.map((rate) => (rate === 0 ? 'complete' : `${100 * rate} %`));
  console.log(`| ${method} | ${columns.join(' | ')} |\n|${'---|'.repeat(1 + rates.length)}`);
  for (const name of list(values.sets)) {
    const folder = folders[name];
    if (folder !== undefined && !existsSync(join(root, folder))) {
      console.log(`| ${name} | absent ${'| '.repeat(rates.length - 1)}|`);
      continue;
    }
    const sizes = { root, perClass: Number(values['per-class']), n: Number(values.n) };
    const set = await completeSets[name]!(sizes);
    const cells: string[] = [];
    for (const rate of rates) cells.push(await cell(method, set, rate));
    console.log(`| ${name} (${set.data.n}) | ${cells.join(' | ')} |`);
  }
  console.log('');
}

/** Mean ± deviation over the seeds. */
async function cell(method: string, set: CompleteSet, rate: number): Promise<string> {
  const scores: number[][] = [];
  for (const seed of seeds) scores.push(await sharesRight(method, set, rate, seed));
  const text = scores[0]!.map((_, part) => spread(scores.map((score) => score[part]!)));
  return text.slice(0, values.apart ? 3 : 1).join('; ');
}

/** Share of right rows: of all, of those that lack nothing, and of the others. The seed decides what is lost and starts the method. */
async function sharesRight(method: string, set: CompleteSet, rate: number, seed: number): Promise<number[]> {
  const { clusters } = set;
  const truth = encodeLabels(set.labels, 'labels of the set').codes;
  const data = losses[values.loss]!(set.data, rate, randomSource(seed).fork('lost'));
  const clusterer = methods[method]!(JSON.parse(values.options) as object);
  const fit = await clusterer.fit(data, { clusters, seed });
  const naming = namingOf(fit.labels, truth, clusters);
  const right = Array.from(fit.labels, (label, i) => naming[label] === truth[i]);
  fit.dispose();
  const lacks = lackingFlags(data);
  return [right, right.filter((_, i) => !lacks[i]), right.filter((_, i) => lacks[i])].map(
    (rows) => rows.filter(Boolean).length / rows.length,
  );
}

function spread(figures: readonly number[]): string {
  const numbers = figures.filter((figure) => !Number.isNaN(figure));
  if (numbers.length === 0) return '–';
  const mean = average(numbers);
  const deviation = Math.sqrt(average(numbers.map((figure) => (figure - mean) ** 2)));
  return `${mean.toFixed(3)} ± ${deviation.toFixed(3)}`;
}

function average(numbers: readonly number[]): number {
  return numbers.reduce((sum, value) => sum + value, 0) / numbers.length;
}

/** Ends with 2 when a name is not among the known ones. */
function refuseUnknown(option: string, names: readonly string[], known: Readonly<Record<string, unknown>>) {
  const unknown = names.find((name) => !Object.hasOwn(known, name));
  if (unknown === undefined) return;
  console.error(`--${option}: expected ${Object.keys(known).join(', ')}, got ${unknown}`);
  process.exit(2);
}
