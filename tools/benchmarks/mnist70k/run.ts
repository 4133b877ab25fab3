import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { randomSource, selectRows, type Paired } from '@crossmodal/core';
import { latentClusters, loadMnist } from '@crossmodal/datasets';
import { createEamc } from '@crossmodal/eamc';
import { accuracy, nmi } from '@crossmodal/metrics';
import { useBackend, type BackendName } from '@crossmodal/tensors';

const { values } = parseArgs({
  options: {
    backend: { type: 'string', default: 'auto' },
    n: { type: 'string', default: '70000' },
    seed: { type: 'string', default: '0' },
    options: { type: 'string', default: '{}' },
    planted: { type: 'boolean', default: false },
  },
});
const root = process.env['CROSSMODAL_DATA'] ?? join(import.meta.dirname, '../../../../shared/data');
const seed = Number(values.seed);
const count = Number(values.n);
const folder = join(root, 'mnist');

if (values.planted) await run(latentClusters({ ...plantedSizes(), random: randomSource(seed) }));
else if (existsSync(folder)) await run(await digits());
else console.log(`absent: ${folder}`);

/** Fits, and prints what the fit took and how well it did; labels are for the scores alone. */
async function run({ data, labels }: { data: Paired; labels: ArrayLike<number | string> }): Promise<void> {
  const { name: backend } = await useBackend(values.backend as BackendName | 'auto');
  const clusters = new Set(Array.from(labels)).size;
  const options = JSON.parse(values.options) as Parameters<typeof createEamc>[0];
  let phase = '';
  const start = performance.now();
  const seconds = () => ((performance.now() - start) / 1000).toFixed(0);
  const fitted = await createEamc(options).fit(data, {
    clusters,
    seed,
    onProgress: (event) => {
      if (event.phase !== phase) console.error(`${seconds()} s: ${(phase = event.phase)}`);
    },
  });
  const weights = Object.entries(fitted.modalityWeights).map(([name, w]) => `${name} ${w.toFixed(3)}`);
  // Kilobytes everywhere but on macOS, where they are bytes.
  const peak = process.resourceUsage().maxRSS / (process.platform === 'darwin' ? 2 ** 30 : 2 ** 20);
  console.log('| n | backend | ACC | NMI | weights | seconds | peak RSS, GiB |');
  console.log('|---|---|---|---|---|---|---|');
  console.log(
    `| ${data.n} | ${backend} | ${accuracy(labels, fitted.labels).toFixed(3)} | ${nmi(labels, fitted.labels).toFixed(3)} | ${weights.join(', ')} | ${seconds()} | ${peak.toFixed(2)} |`,
  );
  fitted.dispose();
}

/** MNIST, the first rows of it when asked for fewer. */
async function digits() {
  const { data, labels } = await loadMnist(folder, { split: 'all' });
  if (count >= data.n) return { data, labels };
  const rows = Int32Array.from({ length: count }, (_, i) => i);
  return { data: selectRows(data, rows), labels: labels.slice(0, count) };
}

function plantedSizes() {
  return { n: count, clusters: 3, modalities: [{ dimension: 12 }, { dimension: 8 }] };
}
