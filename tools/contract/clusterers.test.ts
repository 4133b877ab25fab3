import type { Clusterer, FittedClusterer, Paired } from '@crossmodal/core';
import { useBackend } from '@crossmodal/tensors';
import { clustererContract, registerContract } from '@crossmodal/testing';
import { beforeAll, describe, expect, test } from 'vitest';
import { packageFolders, packageJson } from '../ci/packages.js';
import { exportedOf } from './exported.js';

const found = await exportedOf('clusterer');

beforeAll(() => useBackend('auto'));

describe.each(found)('$packageName $name', ({ name, call, siblings }) => {
  const load = siblings[name.replace(/^create/, 'load')] as
    ((directory: string) => Promise<FittedClusterer<Paired>>) | undefined;

  test('what it saves can be loaded', () => {
    expect(load).toBeTypeOf('function');
  });
  registerContract(
    test,
    clustererContract(() => call() as Clusterer<Paired>, { seed: 11, ...(load && { load }) }),
  );
});

test('every model package exports a clusterer', () => {
  const models = packageFolders().filter((folder) => folder.startsWith('packages/models/'));
  expect(new Set(found.map(({ packageName }) => packageName))).toEqual(
    new Set(models.map((folder) => packageJson(folder).name)),
  );
});
