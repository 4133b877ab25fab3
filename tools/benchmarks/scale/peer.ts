import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { denseMatrix, type DenseMatrix, type Paired } from '@crossmodal/core';
import { writeNpy } from '@crossmodal/io';
import { accuracy, nmi } from '@crossmodal/metrics';
import { useBackend, type BackendName } from '@crossmodal/tensors';
import { methods } from '../absent-rows/methods.js';
import { scaleData } from './scale-data.js';

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

await useBackend(flags.backend as BackendName | 'auto');
const given = await scaleData({ set: flags.set, n: Number(flags.n), seed: 0 });
if (given === undefined) {
  console.log(`absent: ${flags.set}`);
  process.exit(0);
}
const { data, labels } = given;
const clusters = new Set(Array.from(labels)).size;
const folder = await mkdtemp(join(tmpdir(), 'scale-peer-'));
const file = join(folder, 'rows.npy');
await writeFile(file, writeNpy(sideBySide(data)));
const peer = spawn(flags.python, [join(import.meta.dirname, 'scikit.py'), file, String(clusters)], {
  stdio: ['pipe', 'pipe', 'inherit'],
});
// Without it a Python that cannot be started would end the process before the folder is removed.
const failed = new Promise<never>((_, reject) => void peer.once('error', reject));
const answers = createInterface({ input: peer.stdout })[Symbol.asyncIterator]();
try {
  await compare();
} finally {
  peer.stdin.end();
  await rm(folder, { recursive: true });
}

async function compare(): Promise<void> {
  await answer();
  const names = [...flags.methods.split(','), 'scikit-learn'];
  const found = new Map(names.map((name) => [name, [] as Outcome[]]));
  for (let round = 0; round < Number(flags.rounds); round++) {
    for (const name of names)
      found.get(name)!.push(name === 'scikit-learn' ? await theirs(round) : await ours(name, round));
  }
  console.log(
    `${flags.set}, n = ${data.n}, ${flags.rounds} alternated rounds: means of ACC and NMI, medians of seconds\n`,
  );
  console.log('| method | ACC | NMI | seconds | processor s | seconds / scikit-learn |');
  console.log('|---|---|---|---|---|---|');
  const reference = median(found.get('scikit-learn')!.map(({ seconds }) => seconds));
  for (const [name, runs] of found) {
    const seconds = median(runs.map((run) => run.seconds));
    const cells = [
      mean(runs.map((run) => accuracy(labels, run.labels))).toFixed(3),
      mean(runs.map((run) => nmi(labels, run.labels))).toFixed(3),
      seconds.toFixed(1),
      median(runs.map((run) => run.processorSeconds)).toFixed(1),
      (seconds / reference).toFixed(2),
    ];
    console.log(`| ${name} | ${cells.join(' | ')} |`);
  }
}

async function ours(name: string, seed: number): Promise<Outcome> {
  const create = methods[name];
  if (create === undefined)
    throw new Error(`--methods: expected ${Object.keys(methods).join(', ')}, got ${name}`);
  const [start, before] = [performance.now(), process.cpuUsage()];
  const fitted = await create().fit(data, { clusters, seed });
  const { user, system } = process.cpuUsage(before);
  const outcome = {
    labels: fitted.labels,
    seconds: (performance.now() - start) / 1000,
    processorSeconds: (user + system) / 1e6,
  };
  fitted.dispose();
  return outcome;
}

async function theirs(seed: number): Promise<Outcome> {
  peer.stdin.write(`${seed}\n`);
  return (await answer()) as Outcome;
}

async function answer(): Promise<unknown> {
  const { value, done } = await Promise.race([answers.next(), failed]);
  if (done === true) throw new Error(`scikit-learn stopped; is it installed for ${flags.python}?`);
  return JSON.parse(value);
}

/** What a user of one matrix would cluster: all features beside each other. */
function sideBySide({ n, modalities }: Paired): DenseMatrix<Float32Array> {
  const width = modalities.reduce((sum, { features }) => sum + features.columns, 0);
  const values = new Float32Array(n * width);
  let offset = 0;
  for (const { features } of modalities) {
    const { columns } = features;
    for (let i = 0; i < n; i++)
      values.set(features.values.subarray(i * columns, (i + 1) * columns), i * width + offset);
    offset += columns;
  }
  return denseMatrix(values, n, width);
}

function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[numbers.length >> 1]!;
}

function mean(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
}
