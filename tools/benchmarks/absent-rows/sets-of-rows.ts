import { join } from 'node:path';
import { randomSource, type Paired } from '@crossmodal/core';
import { latentClusters, loadMnist, loadMsrcV1 } from '@crossmodal/datasets';

/** Complete data of which rows are lost. */
export interface CompleteSet {
  readonly data: Paired;
  readonly labels: ArrayLike<number>;
  readonly clusters: number;
}

/** Options of {@link completeSets}. */
export interface CompleteSetOptions {
  /** Data root. */
  readonly root: string;
  /** Digits drawn of each class. */
  readonly perClass: number;
  /** Planted objects. */
  readonly n: number;
}

/** Folder below the data root of the sets that are read from files. */
export const folders: Readonly<Record<string, string>> = { digits: 'mnist', msrcv1: 'msrcv1' };

/** The sets by the names that `--sets` takes. What is drawn is drawn once, whatever the seed of a run. */
export const completeSets: Readonly<Record<string, (options: CompleteSetOptions) => Promise<CompleteSet>>> = {
  digits: async ({ root, perClass }) => {
    const random = randomSource(0);
    const set = await loadMnist(join(root, folders['digits']!), { perClass, random, companion: 'hog' });
    return { ...set, clusters: 10 };
  },
  msrcv1: async ({ root }) => ({ ...(await loadMsrcV1(join(root, folders['msrcv1']!))), clusters: 7 }),
  planted: ({ n }) => {
    const modalities = [{ dimension: 30 }, { dimension: 64 }];
    const drawn = latentClusters({ n, clusters: 5, separation: 4, modalities, random: randomSource(0) });
    return Promise.resolve({ ...drawn, clusters: 5 });
  },
};
