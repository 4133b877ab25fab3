import { parseArgs } from 'node:util';
import {
  isCrossmodalError,
  paired,
  randomSource,
  selectRows,
  type Clusterer,
  type Paired,
} from '@crossmodal/core';
import { gaussianBlobs, latentClusters } from '@crossmodal/datasets';
import { useBackend, type BackendName } from '@crossmodal/tensors';
import { lacking } from './lacking.js';
import { alone, methods } from './methods.js';
import { namingOf } from './naming.js';

const { values } = parseArgs({
  options: {
    methods: { type: 'string', default: 'R,F2,dmsc,cmsc-dcca,dmim' },
    generators: { type: 'string', default: 'blobs,latent' },
    rates: { type: 'string', default: 'fifteenth' },
    lacking: { type: 'string', default: '1' },
    dimensions: { type: 'string', default: '30,64' },
    noise: { type: 'string', default: '' },
    clusters: { type: 'string', default: '5' },
    n: { type: 'string', default: '300' },
    seeds: { type: 'string', default: '1,2,3' },
    references: { type: 'boolean', default: false },
    backend: { type: 'string', default: 'auto' },
  },
});
const list = (text: string) => text.split(',').filter((part) => part !== '');
const n = Number(values.n);
const clusters = Number(values.clusters);
const rows = Array.from({ length: n }, (_, i) => i);
const unknown = list(values.methods).find((name) => !(name in methods));
if (unknown !== undefined) {
  console.error(`--methods: expected ${Object.keys(methods).join(', ')}, got ${unknown}`);
  process.exit(2);
}
const { name: backend } = await useBackend(values.backend as BackendName | 'auto');
const references = values.references
  ? ' alone: fit | alone: predict | complete: fit | complete: predict |'
  : '';
console.log(`backend ${backend}; ACC of the rows that lack a modality, seeds ${values.seeds}\n`);
console.log(`| data | rate | lacks | method | fit | predict | rest |${references}`);
console.log(`|${'---|'.repeat(values.references ? 11 : 7)}`);
for (const generator of list(values.generators))
  for (const rate of list(values.rates))
    for (const v of list(values.lacking).map(Number))
      for (const method of list(values.methods)) await measure(generator, rate, v, method);

/** Prints one row of the table: one figure per seed in each cell. */
async function measure(generator: string, rate: string, v: number, method: string): Promise<void> {
  const cells: string[][] = [];
  for (const seed of list(values.seeds).map(Number)) {
    const { data, labels } = draw(generator, seed);
    const [known, fresh] = [
      selectRows(data, rows),
      selectRows(
        data,
        rows.map((i) => n + i),
      ),
    ];
    const gone = lost(rate, seed);
    const score = async (make: () => Clusterer<Paired>, training: Paired, later: Paired) => {
      const fit = await make().fit(training, { clusters, seed });
      const naming = namingOf(fit.labels, labels, clusters);
      const predicted = await fit.predict(later);
      fit.dispose();
      const share = (picked: readonly number[], right: (i: number) => boolean) =>
        picked.length === 0 ? '–' : (picked.filter(right).length / picked.length).toFixed(2);
      const placed = (i: number) => naming[fit.labels[i]!] === labels[i];
      return [
        share(gone, placed),
        share(rows, (i) => naming[predicted[i]!] === labels[n + i]),
        share(
          rows.filter((i) => !gone.includes(i)),
          placed,
        ),
      ];
    };
    const own = await score(methods[method]!, lacking(known, v, gone), lacking(fresh, v, rows));
    const others = values.references
      ? [
          ...(await orRefused(() => score(alone[method]!, without(known, v), without(fresh, v)))),
          ...(await score(methods[method]!, known, fresh)).slice(0, 2),
        ]
      : [];
    [...own, ...others].forEach((figure, c) => (cells[c] ??= []).push(figure));
  }
  const figures = cells.map((cell) => cell.join(', ')).join(' | ');
  console.log(`| ${generator} | ${rate} | ${v} | ${method} | ${figures} |`);
}

/** The figures of fit and predict; dashes where a method refuses what is left. */
async function orRefused(score: () => Promise<string[]>): Promise<string[]> {
  try {
    return (await score()).slice(0, 2);
  } catch (error) {
    if (isCrossmodalError(error, 'unsupported')) return ['–', '–'];
    throw error;
  }
}

function draw(generator: string, seed: number) {
  const noise = list(values.noise).map(Number);
  const dimensions = list(values.dimensions).map(Number);
  const random = randomSource(seed);
  if (generator === 'blobs') {
    const modalities = dimensions.map((dimension, w) => ({
      dimension,
      separation: noise.includes(w) ? 0 : 6,
    }));
    return gaussianBlobs({ n: 2 * n, clusters, modalities, random });
  }
  const modalities = dimensions.map((dimension, w) => ({ dimension, informative: !noise.includes(w) }));
  return latentClusters({ n: 2 * n, clusters, modalities, random });
}

/** Rows that lose the modality: every fifteenth, or a share at random. */
function lost(rate: string, seed: number): readonly number[] {
  if (rate === 'fifteenth') return rows.filter((i) => i % 15 === 0);
  const order = randomSource(seed).fork('lost').permutation(n);
  return [...order.subarray(0, Math.round(Number(rate) * n))];
}

function without(data: Paired, v: number): Paired {
  return paired(data.modalities.filter((_, w) => w !== v));
}
