import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { joinColumns } from '@crossmodal/core';
import { writeNpy } from '@crossmodal/io';
import { accuracy, nmi } from '@crossmodal/metrics';
import { useBackend, type BackendName } from '@crossmodal/tensors';
import { median } from '../median.js';
import { pythonPeer } from '../python-peer.js';
import { scaleData, type Labelled } from './scale-data.js';
import { timedFit } from './timed-fit.js';

const { values: flags } = parseArgs({
  options: {
    set: { type: 'string', default: 'mnist-hog' },
    n: { type: 'string', default: '20000' },
    methods: { type: 'string', default: 'C5,F2' },
    rounds: { type: 'string', default: '3' },
    python: { type: 'string', default: '/usr/bin/python3' },
    backend: { type: 'string', default: 'auto' },
  },
});

interface Outcome {
  readonly labels: ArrayLike<number>;
  readonly seconds: number;
  readonly processorSeconds: number;
}

const PEER = 'scikit-learn';

await useBackend(flags.backend as BackendName | 'auto');
const given = await scaleData({ set: flags.set, n: Number(flags.n), seed: 0 });
if (given === undefined) {
  console.log(`absent: ${flags.set}`);
  process.exit(0);
}
const folder = await mkdtemp(join(tmpdir(), 'scale-peer-'));
try {
  console.log(table(given, await compare(given)));
} finally {
  await rm(folder, { recursive: true });
}

/** Outcomes of each method, one per round, in turn. */
async function compare(whole: Labelled): Promise<Map<string, Outcome[]>> {
  const { data, labels } = whole;
  // What a user of one matrix would cluster: all features beside each other.
  const file = join(folder, 'rows.npy');
  await writeFile(file, writeNpy(joinColumns(data.modalities.map(({ features }) => features))));
  const clusters = String(new Set(Array.from(labels)).size);
  const peer = await pythonPeer({
    python: flags.python,
    args: [join(import.meta.dirname, 'scikit.py'), file, clusters],
  });
  const outcomes = new Map([...flags.methods.split(','), PEER].map((name) => [name, [] as Outcome[]]));
  try {
    for (let round = 0; round < Number(flags.rounds); round++) {
      for (const [name, runs] of outcomes)
        runs.push(
          name === PEER ? ((await peer.ask(String(round))) as Outcome) : await ours(name, whole, round),
        );
    }
  } finally {
    peer.stop();
  }
  return outcomes;
}

async function ours(name: string, whole: Labelled, seed: number): Promise<Outcome> {
  const { fitted, ...costs } = await timedFit(name, whole, seed);
  const { labels } = fitted;
  fitted.dispose();
  return { labels, ...costs };
}

function table({ data, labels }: Labelled, outcomes: ReadonlyMap<string, readonly Outcome[]>): string {
  const reference = median(outcomes.get(PEER)!.map(({ seconds }) => seconds));
  const rows = [...outcomes].map(([name, runs]) => {
    const seconds = median(runs.map((run) => run.seconds));
    const cells = [
      mean(runs.map((run) => accuracy(labels, run.labels))).toFixed(3),
      mean(runs.map((run) => nmi(labels, run.labels))).toFixed(3),
      seconds.toFixed(1),
      median(runs.map((run) => run.processorSeconds)).toFixed(1),
      (seconds / reference).toFixed(2),
    ];
    return `| ${[name, ...cells].join(' | ')} |`;
  });
  return [
    `${flags.set}, n = ${data.n}, ${flags.rounds} alternated rounds: means of ACC and NMI, medians of seconds`,
    '',
    `| method | ACC | NMI | seconds | processor s | seconds / ${PEER} |`,
    '|---|---|---|---|---|---|',
    ...rows,
  ].join('\n');
}

function mean(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
}
