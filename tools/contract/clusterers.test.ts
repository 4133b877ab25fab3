import type { Clusterer, FittedClusterer, Mixed, Paired } from '@crossmodal/core';
import { useBackend } from '@crossmodal/tensors';
import {
  clustererContract,
  mixedClustererContract,
  registerContract,
  throwsTyped,
} from '@crossmodal/testing';
import { beforeAll, describe, expect, test } from 'vitest';
import { packageFolders, packageJson } from '../ci/packages.js';
import { plantedData } from './planted-data.js';
import { exportedOf } from './exported.js';
import { CONTRACT_OPTIONS } from './short-fits.js';

const found = await exportedOf('clusterer', 'mixed-clusterer');

beforeAll(() => useBackend('auto'));

type Load<Data extends Paired | Mixed> = (directory: string) => Promise<FittedClusterer<Data>>;

describe.each(found)('$packageName $name', ({ name, kind, call, siblings }) => {
  const make = () => (call as (options?: object) => unknown)(CONTRACT_OPTIONS[name]);
  const load = siblings[name.replace(/^create/, 'load')];

  test('what it saves can be loaded', () => {
    expect(load).toBeTypeOf('function');
  });
  test.each([null, 'paper', 3])('options %j are refused', async (wrong) => {
    const create = siblings[name] as (options: unknown) => unknown;
    await throwsTyped(() => create(wrong), ['option']);
  });
  registerContract(
    test,
    kind === 'clusterer'
      ? clustererContract(() => make() as Clusterer<Paired>, {
          seed: 11,
          planted: plantedData,
          ...(load !== undefined && { load: load as Load<Paired> }),
        })
      : mixedClustererContract(() => make() as Clusterer<Mixed>, {
          seed: 11,
          ...(load !== undefined && { load: load as Load<Mixed> }),
        }),
  );
});

test('every model package exports a clusterer', () => {
  const models = packageFolders().filter((folder) => folder.startsWith('packages/models/'));
  expect(new Set(found.map(({ packageName }) => packageName))).toEqual(
    new Set(models.map((folder) => packageJson(folder).name)),
  );
});
