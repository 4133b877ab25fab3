import { parseArgs } from 'node:util';
import { randomSource, type Matrix } from '@crossmodal/core';
import { columnsWithFixedSigns, largestEigenRows, operatorOf } from '@crossmodal/linalg';
import { ari } from '@crossmodal/metrics';
import {
  connectedComponents,
  kMeans,
  normalisedAdjacency,
  spectralClustering,
  spectralEmbedding,
} from '@crossmodal/spectral';
import { neighbourGraph } from './neighbour-graph.js';

const { values: flags } = parseArgs({
  options: {
    n: { type: 'string', default: '10000,70000,200000' },
    clusters: { type: 'string', default: '10' },
    across: { type: 'string', default: '0.1' },
    restarts: { type: 'string', default: '30' },
    threads: { type: 'string', default: '1,2' },
    krylov: { type: 'boolean', default: false },
  },
});
const clusters = Number(flags.clusters);
const numbers = (list: string): number[] => list.split(',').map(Number);

interface Cost {
  readonly elapsed: number;
  readonly processor: number;
}

function timed<T>(run: () => T): Cost & { readonly result: T } {
  const start = performance.now();
  const before = process.cpuUsage();
  const result = run();
  const { user, system } = process.cpuUsage(before);
  return { result, elapsed: (performance.now() - start) / 1e3, processor: (user + system) / 1e6 };
}

/** One line: what was timed, elapsed and processor seconds, the most memory so far, and a remark. */
function report(n: number, what: string, { elapsed, processor }: Cost, remark = ''): void {
  const peak = Math.round(process.resourceUsage().maxRSS / 1024);
  const cells = [n, what, elapsed.toFixed(2), processor.toFixed(2), peak, remark];
  console.log(`| ${cells.join(' | ')} |`);
}

/** The search that n below 10,000 has: a Krylov space, which works by products alone. */
function krylov(graph: Matrix): Float64Array {
  const { size, multiply } = operatorOf(normalisedAdjacency(graph), undefined, { threads: 1 });
  const count = clusters + 12;
  const { rows } = largestEigenRows({ size, multiply }, { count, tolerance: 1e-7, random: randomSource(2) });
  return columnsWithFixedSigns(rows, count, size);
}

console.log('| n | what | s | processor s | peak MiB | |\n|---|---|---|---|---|---|');
for (const n of numbers(flags.n)) {
  const make = { groups: clusters, edges: 7, across: Number(flags.across), random: randomSource(1) };
  const graph = neighbourGraph(n, { ...make, fragments: 0, isolated: 0 });
  const found = numbers(flags.threads).map((threads) => {
    const embedding = timed(() => spectralEmbedding(graph, { clusters, threads, random: randomSource(2) }));
    report(n, `embedding, ${threads} threads`, embedding, `${graph.values.length} entries`);
    return embedding.result;
  });
  if (flags.krylov)
    report(
      n,
      'eigenvectors by a Krylov space',
      timed(() => krylov(graph)),
    );
  const [{ embedding, rowOrder }] = found as [(typeof found)[number]];
  const same = found.every((other) =>
    other.embedding.values.every((value, p) => value === embedding.values[p]),
  );
  if (!same) throw new Error('The number of threads changed the embedding.');
  const truth = Int32Array.from({ length: n }, (_, i) => i % clusters);
  for (const startSample of [Infinity, 10_000]) {
    const options = {
      clusters,
      restarts: Number(flags.restarts),
      startSample,
      rowOrder,
      random: randomSource(3),
    };
    const { result, ...cost } = timed(() => kMeans(embedding, options));
    const starts = startSample === Infinity ? 'all rows' : `${startSample} rows`;
    report(
      n,
      `k-means, starts on ${starts}`,
      cost,
      `ARI ${ari(truth, result.labels).toFixed(4)}, inertia ${result.inertia.toPrecision(6)}`,
    );
  }
  const torn = neighbourGraph(n, { ...make, fragments: 40, isolated: 20, random: randomSource(1) });
  const { result: components, ...cost } = timed(() => connectedComponents(torn));
  report(n, 'components', cost, `${components.count} components`);
  for (const fragments of ['keep', 'join'] as const) {
    const all = timed(() => spectralClustering(torn, { clusters, fragments, random: randomSource(4) }));
    report(
      n,
      `clustering of them, fragments: ${fragments}`,
      all,
      `ARI ${ari(truth, all.result.labels).toFixed(4)}`,
    );
  }
}
