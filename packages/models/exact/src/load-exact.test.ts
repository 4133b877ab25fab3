import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { denseMatrix, images, paired, randomSource } from '@crossmodal/core';
import { gaussianBlobs } from '@crossmodal/datasets';
import { readArrays, writeNpz, type NumericArray, type WritableArray } from '@crossmodal/io';
import { expect, test } from 'vitest';
import { createExact, loadExact } from './index.js';

test('a saved model with options that no fit could have is damaged, not a mistake of the caller', async () => {
  const { data } = gaussianBlobs({
    n: 12,
    clusters: 2,
    modalities: [{ dimension: 3 }],
    random: randomSource(1),
  });
  const directory = join(await mkdtemp(join(tmpdir(), 'crossmodal-exact-')), 'model');
  await (await createExact().fit(data, { clusters: 2 })).save(directory);
  const path = join(directory, 'model.json');
  const good = await readFile(path, 'utf8');
  for (const [from, to] of [
    ['"width": 3', '"width": -3'],
    ['"graphs": "C5"', '"graphs": "Q"'],
  ] as const) {
    expect(good).toContain(from);
    await writeFile(path, good.replace(from, to));
    await expect(loadExact(directory)).rejects.toMatchObject({ code: 'format' });
  }
  await rm(join(directory, '..'), { recursive: true });
});

test('a saved model whose arrays are of another length, or not finite, is damaged', async () => {
  const random = randomSource(1);
  const pixels = denseMatrix(
    Float32Array.from({ length: 12 * 16 }, () => random.uniform()),
    12,
    16,
  );
  const present = Uint8Array.from({ length: 12 }, (_, i) => (i === 3 ? 0 : 1));
  const [whole] = gaussianBlobs({ n: 12, clusters: 2, modalities: [{ dimension: 3 }], random }).data
    .modalities;
  const data = paired([whole!, images('image', pixels, { height: 4, width: 4 }, present)]);
  const directory = join(await mkdtemp(join(tmpdir(), 'crossmodal-exact-')), 'model');
  await (await createExact({ hog: true }).fit(data, { clusters: 2 })).save(directory);
  const path = join(directory, 'arrays.npz');
  const good = (await readArrays(path)) as ReadonlyMap<string, NumericArray>;
  expect(good.size).toBeGreaterThan(10);
  const refuses = async (name: string, array: WritableArray) => {
    await writeFile(path, writeNpz({ ...Object.fromEntries(good), [name]: array }));
    await expect(loadExact(directory), name).rejects.toMatchObject({ code: 'format' });
  };
  for (const [name, { shape, values }] of good) {
    await refuses(name, { shape: [values.length + 1], values: Float32Array.of(...values, 1) });
    await refuses(name, { shape, values: Float32Array.from(values, (x, p) => (p === 1 ? Number.NaN : x)) });
  }
  await refuses('state/labels', { shape: [12], values: new Float32Array(12).fill(0.5) });
  await rm(join(directory, '..'), { recursive: true });
});
