import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { randomSource, selectRows, type CsrMatrix, type DenseMatrix, type Paired } from '@crossmodal/core';
import { latentClusters, loadMnist } from '@crossmodal/datasets';
import { accuracy, ari, nmi } from '@crossmodal/metrics';
import {
  buildAffinity,
  buildSparseAffinity,
  graphRecipes,
  ridgeFactor,
  type GraphSet,
  type KernelFeatures,
} from '@crossmodal/self-expressive';
import { spectralClustering } from '@crossmodal/spectral';
import { useBackend, type BackendName } from '@crossmodal/tensors';
import { fitSqc, hog, prepareModality } from '@crossmodal/transforms';

const { values } = parseArgs({
  options: {
    n: { type: 'string', default: '2000' },
    routes: { type: 'string', default: 'dense,sparse' },
    graphs: { type: 'string', default: 'F2' },
    landmarks: { type: 'string' },
    rank: { type: 'string' },
    seed: { type: 'string', default: '0' },
    planted: { type: 'boolean', default: false },
    backend: { type: 'string', default: 'auto' },
  },
});
const count = Number(values.n);
const random = randomSource(Number(values.seed));
const folder = join(
  process.env['CROSSMODAL_DATA'] ?? join(import.meta.dirname, '../../../../shared/data'),
  'mnist',
);

if (!values.planted && !existsSync(folder)) {
  console.log(`absent: ${folder}`);
} else {
  const { name: backend } = await useBackend(values.backend as BackendName | 'auto');
  console.log(`backend ${backend}, graphs ${values.graphs}`);
  console.log(
    '| n | route | ACC | NMI | ARI to the first | seconds | graph, processor s | spectral, processor s | peak RSS, GiB |',
  );
  console.log('|---|---|---|---|---|---|---|---|---|');
  await compare(values.planted ? planted() : await digits());
}

/** Builds the graphs by each route in turn and clusters them; labels are for the scores alone. */
async function compare({ features, labels }: Prepared): Promise<void> {
  const recipes = graphRecipes(values.graphs as GraphSet);
  const n = labels.length;
  const clusters = new Set(labels).size;
  const shared = { recipes, ridgeFactor: ridgeFactor(n, 4500) };
  const sizes = {
    ...(values.landmarks === undefined ? {} : { landmarks: Number(values.landmarks) }),
    ...(values.rank === undefined ? {} : { rank: Number(values.rank) }),
  };
  let first: Int32Array | undefined;
  for (const route of values.routes.split(',')) {
    const start = performance.now();
    const before = processorSeconds();
    const { affinity } = await (route === 'dense'
      ? buildAffinity(features, shared)
      : buildSparseAffinity(features, { ...shared, ...sizes }));
    const built = processorSeconds();
    const found = cluster(affinity, clusters);
    const done = processorSeconds();
    first ??= found;
    const scores = [accuracy(labels, found), nmi(labels, found), ari(first, found)];
    const seconds = ((performance.now() - start) / 1000).toFixed(1);
    // Kilobytes everywhere but on macOS, where they are bytes; of the whole run so far, so give one route to compare.
    const peak = process.resourceUsage().maxRSS / (process.platform === 'darwin' ? 2 ** 30 : 2 ** 20);
    console.log(
      `| ${n} | ${route} | ${scores.map((score) => score.toFixed(3)).join(' | ')} | ${seconds} | ${(built - before).toFixed(1)} | ${(done - built).toFixed(1)} | ${peak.toFixed(2)} |`,
    );
  }
}

function cluster(affinity: CsrMatrix, clusters: number): Int32Array {
  const extraEigenvectors = values.graphs === 'F2' ? 8 : 12;
  return spectralClustering(affinity, {
    clusters,
    random: random.fork('spectral'),
    extraEigenvectors,
    bandwidth: 0.5,
    restarts: 30,
  }).labels;
}

function processorSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

interface Prepared {
  readonly features: readonly KernelFeatures[];
  readonly labels: Int32Array;
}

/** The first digits of MNIST, pixels and histograms of oriented gradients. */
async function digits(): Promise<Prepared> {
  const all = await loadMnist(folder, { split: 'all' });
  const rows = random.fork('rows').permutation(all.data.n).slice(0, count).sort();
  const data = count >= all.data.n ? all.data : selectRows(all.data, rows);
  const pixels = data.modalities[0]!;
  const given = [pixels, ...(pixels.kind === 'images' ? [hog(pixels)] : [])];
  const labels = Int32Array.from(count >= all.data.n ? all.labels : rows.map((i) => Number(all.labels[i]!)));
  return { features: given.map((modality) => prepared(modality)), labels };
}

function planted(): Prepared {
  const sizes = { n: count, clusters: 5, modalities: [{ dimension: 20 }, { dimension: 30 }] };
  const { data, labels } = latentClusters({ ...sizes, random: random.fork('planted') });
  return { features: data.modalities.map((modality) => prepared(modality)), labels };
}

function prepared(modality: Paired['modalities'][number]): KernelFeatures {
  const { features } = prepareModality(modality, { fit: fitSqc });
  return { features: single(features) };
}

/** In single precision, which is all that the products use. */
function single({ rows, columns, values: given }: DenseMatrix): DenseMatrix {
  return { kind: 'dense', rows, columns, values: Float32Array.from(given) };
}
