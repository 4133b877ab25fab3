import { execFile } from 'node:child_process';
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs, promisify } from 'node:util';
import { growthExponent } from '../neighbours/growth-exponent.js';
import type { ScaleResult, ScaleRun } from './fit.js';

const { values } = parseArgs({
  options: {
    set: { type: 'string', default: 'mnist-hog' },
    methods: { type: 'string', default: 'C5,F2,eamc,dmim' },
    sizes: { type: 'string', default: '1000,2000,4000,8000,20000,70000' },
    seed: { type: 'string', default: '0' },
    backend: { type: 'string', default: 'auto' },
    out: { type: 'string' },
  },
});
const sizes = values.sizes.split(',').map(Number);

console.log('| set | method | n | ACC | NMI | seconds | processor s | peak RSS, GiB |');
console.log('|---|---|---|---|---|---|---|---|');
const exponents: string[] = [];
for (const method of values.methods.split(',')) {
  const points: [number, number][] = [];
  for (const n of sizes) {
    const found = await fitApart({
      ...{ set: values.set, method, n },
      ...{ seed: Number(values.seed), backend: values.backend },
    });
    if (found === undefined) {
      console.log(`absent: ${values.set}`);
      process.exit(0);
    }
    const scores = [found.acc, found.nmi].map((score) => score.toFixed(3));
    const costs = [found.seconds.toFixed(1), found.processorSeconds.toFixed(1), found.peak.toFixed(2)];
    console.log(`| ${[values.set, method, found.n, ...scores, ...costs].join(' | ')} |`);
    points.push([found.n, found.processorSeconds]);
    if (values.out !== undefined)
      appendFileSync(values.out, `${JSON.stringify({ set: values.set, method, ...found })}\n`);
  }
  if (points.length > 1) exponents.push(`${method} ${growthExponent(points).toFixed(2)}`);
}
if (exponents.length > 0)
  console.log(`\nprocessor seconds grow with n to the power of: ${exponents.join(', ')}`);

/** Fits in a process of its own, so that its peak of memory is its own. */
async function fitApart(run: ScaleRun): Promise<ScaleResult | undefined> {
  const node = ['--import', 'tsx', '--conditions=@crossmodal/source'];
  const { stdout, stderr } = await promisify(execFile)(
    process.execPath,
    [...node, join(import.meta.dirname, 'fit.ts'), JSON.stringify(run)],
    { maxBuffer: 2 ** 26 },
  );
  if (stderr !== '') console.error(stderr.trim());
  return (JSON.parse(stdout) as ScaleResult | null) ?? undefined;
}
