import { parseArgs } from 'node:util';
import { randomSource } from '@crossmodal/core';
import { nearestNeighbours, neighbourRecall } from '@crossmodal/self-expressive';
import { useBackend, type BackendName } from '@crossmodal/tensors';
import { median } from '../median.js';
import { growthExponent } from './growth-exponent.js';
import { pointSets } from './point-sets.js';

const { values } = parseArgs({
  options: {
    sets: { type: 'string', default: 'mnist,latent5' },
    sizes: { type: 'string', default: '10000,20000,70000' },
    dimension: { type: 'string', default: '64' },
    neighbours: { type: 'string', default: '10' },
    methods: { type: 'string', default: 'exact,approximate' },
    recall: { type: 'string', default: '0.98' },
    rounds: { type: 'string', default: '3' },
    backend: { type: 'string', default: 'auto' },
  },
});
const list = (text: string) => text.split(',').filter((part) => part !== '');
const methods = list(values.methods) as ('exact' | 'approximate')[];
const sizes = list(values.sizes).map(Number);
refuseUnknown('sets', list(values.sets), Object.keys(pointSets));
refuseUnknown('methods', methods, ['exact', 'approximate']);

const { name: backend } = await useBackend(values.backend as BackendName | 'auto');
console.log(
  `backend ${backend}, ${values.dimension} features, ${values.neighbours} neighbours, median of ${values.rounds} alternated rounds\n`,
);
console.log('| set | n | search | processor s | elapsed s | recall | peak RSS so far, GiB |');
console.log('|---|---|---|---|---|---|---|');
const growth: string[] = [];
for (const set of list(values.sets)) {
  const seconds = new Map(methods.map((method) => [method, [] as [number, number][]]));
  for (const n of sizes) await measure(set, n, seconds);
  for (const [method, points] of seconds)
    if (points.length > 1)
      growth.push(
        `${set}, ${method}: processor seconds grow with n to the power ${growthExponent(points).toFixed(2)}`,
      );
}
console.log(['', ...growth].join('\n'));

/** Prints one row for each method, and adds its processor seconds to the points of its growth. */
async function measure(set: string, n: number, growing: Map<string, [number, number][]>): Promise<void> {
  const points = await pointSets[set]!(n, Number(values.dimension));
  if (points === undefined) {
    console.log(`| ${set} | ${n} | absent | | | | |`);
    return;
  }
  const options = { neighbours: Number(values.neighbours), recall: Number(values.recall) };
  const times = new Map(
    methods.map((method) => [method, { processor: [] as number[], elapsed: [] as number[] }]),
  );
  const found = new Map<string, Awaited<ReturnType<typeof nearestNeighbours>>>();
  for (let round = 0; round < Number(values.rounds); round++) {
    for (const [method, { processor, elapsed }] of times) {
      const start = performance.now();
      const before = process.cpuUsage();
      found.set(method, await nearestNeighbours(points, { ...options, method }));
      const { user, system } = process.cpuUsage(before);
      processor.push((user + system) / 1e6);
      elapsed.push((performance.now() - start) / 1e3);
    }
  }
  for (const [method, { processor, elapsed }] of times) {
    const lists = found.get(method)!;
    const recall = await neighbourRecall(lists, points, { sample: 512, random: randomSource(9) });
    growing.get(method)!.push([n, median(processor)]);
    const name = lists.method === method ? method : `${method}: all products`;
    // Kilobytes everywhere but on macOS, where they are bytes.
    const peak = process.resourceUsage().maxRSS / (process.platform === 'darwin' ? 2 ** 30 : 2 ** 20);
    console.log(
      `| ${set} | ${n} | ${name} | ${median(processor).toFixed(2)} | ${median(elapsed).toFixed(2)} | ${recall.toFixed(3)} | ${peak.toFixed(2)} |`,
    );
  }
}

function refuseUnknown(option: string, given: readonly string[], known: readonly string[]): void {
  const unknown = given.find((name) => !known.includes(name));
  if (unknown === undefined) return;
  console.error(`--${option}: expected ${known.join(', ')}, got ${unknown}`);
  process.exit(2);
}
