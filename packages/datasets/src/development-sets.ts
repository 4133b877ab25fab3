import { join } from 'node:path';
import type { RandomSource } from '@crossmodal/core';
import type { Dataset } from './dataset.js';
import { loadBbcSport } from './loaders/load-bbc-sport.js';
import { loadCoil20 } from './loaders/load-coil20.js';
import { loadFashionMnist } from './loaders/load-fashion-mnist.js';
import { loadMnist } from './loaders/load-mnist.js';
import { loadMnistUsps } from './loaders/load-mnist-usps.js';
import { loadMsrcV1 } from './loaders/load-msrc-v1.js';
import { loadOrl } from './loaders/load-orl.js';
import { loadWikipedia } from './loaders/load-wikipedia.js';
import { loadYaleComponents } from './loaders/load-yale-components.js';
import { loadYouCook } from './loaders/load-you-cook.js';

/** Options of {@link DevelopmentSet.load}. */
export interface DevelopmentSetOptions {
  /** Decides which 200 samples a class are drawn, in the three sets that draw. */
  readonly random: RandomSource;
  /**
   * Uses histograms of oriented gradients on images: in place of the edge maps, and beside the images of sets that
   * have no edge maps. Sets without images stay as they are.
   *
   * @defaultValue false
   */
  readonly hog?: boolean;
}

/** One of the ten sets on which defaults are measured. */
export interface DevelopmentSet {
  readonly name: string;
  /** Folder below the data root. */
  readonly folder: string;
  /** Objects. */
  readonly n: number;
  readonly classes: number;
  /** Whether {@link DevelopmentSetOptions.hog} changes the set. */
  readonly hasImages: boolean;
  /** Loads the set from its folder below the data root. */
  load(root: string, options: DevelopmentSetOptions): Promise<Dataset>;
}

/** The ten sets of two modalities or more on which defaults are measured, in the order of the tables. */
export const developmentSets: readonly DevelopmentSet[] = [
  describe('coil20', 'coil20', 1440, 20, true, (directory, { hog }) =>
    loadCoil20(directory, { companion: companion(hog) }),
  ),
  describe('fashion-mnist', 'fashion-mnist', 2000, 10, true, (directory, { random, hog }) =>
    loadFashionMnist(directory, { perClass: 200, random, companion: companion(hog) }),
  ),
  describe('mnist-test', 'mnist', 2000, 10, true, (directory, { random, hog }) =>
    loadMnist(directory, { perClass: 200, random, companion: companion(hog) }),
  ),
  describe('mnist-usps', 'mnist_usps', 2000, 10, true, (directory, { random, hog = false }) =>
    loadMnistUsps(directory, { perClass: 200, random, hog }),
  ),
  describe('yaleb', 'yaleb', 2414, 38, true, (directory, { hog = false }) =>
    loadYaleComponents(directory, { hog }),
  ),
  describe('orl', 'orl', 400, 40, true, (directory, { hog }) =>
    loadOrl(directory, { companion: companion(hog) }),
  ),
  describe('wikipedia', 'wikipedia', 2866, 10, false, (directory) => loadWikipedia(directory)),
  describe('bbcsport', 'bbcsport', 544, 5, false, (directory) => loadBbcSport(directory)),
  describe('msrcv1', 'msrcv1', 210, 7, false, (directory) => loadMsrcV1(directory)),
  describe('youcook', 'youcook', 1790, 6, false, (directory) => loadYouCook(directory)),
];

function describe(
  name: string,
  folder: string,
  n: number,
  classes: number,
  hasImages: boolean,
  load: DevelopmentSet['load'],
): DevelopmentSet {
  return { name, folder, n, classes, hasImages, load: (root, options) => load(join(root, folder), options) };
}

function companion(hog: boolean | undefined): 'edges' | 'hog' {
  return hog === true ? 'hog' : 'edges';
}
