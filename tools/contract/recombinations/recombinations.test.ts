import { readFileSync } from 'node:fs';
import type { Clusterer, FittedClusterer, Paired } from '@crossmodal/core';
import { useBackend } from '@crossmodal/tensors';
import { clustererContract, registerContract } from '@crossmodal/testing';
import { beforeAll, describe, expect, test } from 'vitest';
import * as cmscDcca from './cmsc-dcca-of-both-presets.js';
import * as dmim from './dmim-with-k-means.js';
import * as dmsc from './dmsc-with-own-encoder.js';
import * as eamc from './eamc-with-information.js';

beforeAll(() => useBackend('auto'));

interface Recombination {
  readonly create: () => Clusterer<Paired>;
  readonly load: (directory: string) => Promise<FittedClusterer<Paired>>;
}

/** Methods made of parts of others, with the most lines of code that each may take, imports included. */
const recombinations: readonly (readonly [string, number, Recombination])[] = [
  ['eamc-with-information', 12, eamc],
  ['dmsc-with-own-encoder', 12, dmsc],
  ['dmim-with-k-means', 6, dmim],
  ['cmsc-dcca-of-both-presets', 6, cmscDcca],
];

describe.each(recombinations)('%s', (file, most, { create, load }) => {
  test(`takes at most ${most} lines`, () => {
    const text = readFileSync(new URL(`${file}.ts`, import.meta.url), 'utf8');
    expect(text.split('\n').filter((line) => line.trim() !== '').length).toBeLessThanOrEqual(most);
  });
  registerContract(test, clustererContract(create, { seed: 11, load }));
});
