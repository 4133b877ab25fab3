import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { randomSource } from '@crossmodal/core';
import { ari } from '@crossmodal/metrics';
import { spectralClustering, type SpectralClusteringOptions } from '@crossmodal/spectral';
import { median } from '../median.js';
import { pythonPeer } from '../python-peer.js';
import { denseGraph, sparseGraph } from './graphs.js';

const { values: flags } = parseArgs({
  options: {
    n: { type: 'string', default: '2000' },
    rounds: { type: 'string', default: '9' },
    sparse: { type: 'string', default: '10000' },
    python: { type: 'string', default: '/usr/bin/python3' },
  },
});
const n = Number(flags.n);
const rounds = Number(flags.rounds);
const clusters = 10;

interface Timed {
  readonly labels: ArrayLike<number>;
  readonly elapsed: number;
  readonly processor: number;
}

function timed(run: () => ArrayLike<number>): Timed {
  const start = performance.now();
  const before = process.cpuUsage();
  const labels = run();
  const { user, system } = process.cpuUsage(before);
  return { labels, elapsed: (performance.now() - start) / 1e3, processor: (user + system) / 1e6 };
}

const milliseconds = (seconds: number): string => `${(1000 * seconds).toFixed(0)} ms`;
const truth = (size: number): Int32Array => Int32Array.from({ length: size }, (_, i) => i % clusters);

const affinity = denseGraph(n, clusters, randomSource(3));
const folder = await mkdtemp(join(tmpdir(), 'spectral-'));
const file = join(folder, 'affinity.f64');
await writeFile(file, affinity.values);
const peer = await pythonPeer({
  python: flags.python,
  args: [join(import.meta.dirname, 'scikit.py'), file, String(n), String(clusters)],
  env: { OPENBLAS_NUM_THREADS: '1', OMP_NUM_THREADS: '1', MKL_NUM_THREADS: '1' },
});

const presets: Record<string, Omit<SpectralClusteringOptions, 'random' | 'clusters'>> = {
  'default (22 heat-weighted)': {},
  'scikit-learn embedding (10)': { weighting: 'none', rowNormalise: false, degreeScale: true },
};
const ours = new Map(Object.keys(presets).map((name) => [name, [] as Timed[]]));
const theirs: Timed[] = [];
for (let round = 0; round < rounds; round++) {
  for (const [name, options] of Object.entries(presets)) {
    ours
      .get(name)!
      .push(
        timed(
          () => spectralClustering(affinity, { clusters, random: randomSource(round), ...options }).labels,
        ),
      );
  }
  theirs.push((await peer.ask(String(round))) as Timed);
}
peer.stop();
await rm(folder, { recursive: true });

const line = (name: string, runs: readonly Timed[]): string => {
  const { labels } = runs[0]!;
  const column = (key: 'elapsed' | 'processor'): string =>
    `${milliseconds(median(runs.map((r) => r[key]))).padStart(9)} ${key}`;
  return `${name.padEnd(28)}${column('elapsed')}${column('processor')}  ARI to truth ${ari(truth(labels.length), labels).toFixed(4)}`;
};
console.log(`dense ${n} x ${n}, ${clusters} clusters, medians of ${rounds} alternated rounds`);
console.log(line('scikit-learn', theirs));
for (const [name, runs] of ours) {
  const ratio = (key: 'elapsed' | 'processor'): string =>
    (median(runs.map((r) => r[key])) / median(theirs.map((r) => r[key]))).toFixed(2);
  const agreement = Math.min(...runs.map((run, round) => ari(run.labels, theirs[round]!.labels)));
  console.log(line(name, runs));
  console.log(
    `  time / scikit-learn's: ${ratio('elapsed')} elapsed, ${ratio('processor')} processor; ARI between the partitions ${agreement.toFixed(4)} (worst round)`,
  );
}

const size = Number(flags.sparse);
const graph = sparseGraph(size, clusters, 0.02, randomSource(2));
const sparse = timed(() => spectralClustering(graph, { clusters, random: randomSource(1) }).labels);
console.log(`sparse ${size} vertices, ${graph.values.length} entries`);
console.log(line('default (22 heat-weighted)', [sparse]));
