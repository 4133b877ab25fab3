import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { randomSource, selectRows, type Paired } from '@crossmodal/core';
import { latentClusters, loadMnist } from '@crossmodal/datasets';

/** What is fitted. */
export interface ScaleSet {
  /** `mnist-hog`: pixels and HOG; `mnist-edges`: pixels and Sobel edges; `generated`: 20 bent clusters in two modalities of 64 features. */
  readonly set: string;
  readonly n: number;
  readonly seed: number;
}

/** Data, and labels for the scores alone. */
export interface Labelled {
  readonly data: Paired;
  readonly labels: ArrayLike<number | string>;
}

/** The data of a run; undefined when its folder is absent. */
export async function scaleData({ set, n, seed }: ScaleSet): Promise<Labelled | undefined> {
  const random = randomSource(seed);
  if (set === 'generated') {
    const modalities = [{ dimension: 64 }, { dimension: 64 }];
    return latentClusters({ n, clusters: 20, modalities, random: random.fork('generated') });
  }
  if (set !== 'mnist-hog' && set !== 'mnist-edges')
    throw new Error(`--set: expected mnist-hog, mnist-edges or generated, got ${set}`);
  const root = process.env['CROSSMODAL_DATA'] ?? join(import.meta.dirname, '../../../../shared/data');
  if (!existsSync(join(root, 'mnist'))) return undefined;
  const companion = set === 'mnist-hog' ? 'hog' : 'edges';
  const { data, labels } = await loadMnist(join(root, 'mnist'), { split: 'all', companion });
  const rows = random.fork('rows').permutation(data.n).slice(0, n).sort();
  return { data: selectRows(data, rows), labels: Int32Array.from(rows, (i) => Number(labels[i]!)) };
}
