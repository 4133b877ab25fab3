import { readFileSync, writeFileSync } from 'node:fs';
import { growthFigure, type GrowthPoint } from './growth-figure.js';

const [from, to] = process.argv.slice(2);
if (from === undefined || to === undefined) {
  console.error('Usage: plot.ts RESULTS.jsonl FIGURE.svg, with the results that run.ts --out keeps.');
  process.exit(2);
}
const points = readFileSync(from, 'utf8')
  .split('\n')
  .filter((line) => line !== '')
  .map((line) => JSON.parse(line) as GrowthPoint);
writeFileSync(to, growthFigure(points));
console.log(`${to}: ${points.length} fits`);
