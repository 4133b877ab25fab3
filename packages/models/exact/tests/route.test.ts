import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { paired, randomSource, selectRows } from '@crossmodal/core';
import { gaussianBlobs } from '@crossmodal/datasets';
import { ari } from '@crossmodal/metrics';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createExact, loadExact } from '../src/index.js';

let directory: string;
beforeAll(async () => (directory = await mkdtemp(join(tmpdir(), 'crossmodal-route-'))));
afterAll(() => rm(directory, { recursive: true }));

function blobs(seed: number) {
  const { data, labels } = gaussianBlobs({
    n: 90,
    clusters: 3,
    modalities: [{ dimension: 6 }, { dimension: 9 }],
    random: randomSource(seed),
  });
  const [first, second] = data.modalities;
  // Every tenth object lacks the second modality.
  const present = Uint8Array.from({ length: 90 }, (_, i) => (i % 10 === 0 ? 0 : 1));
  return { data: paired([first!, { ...second!, present }]), labels };
}

const graphs = ['R', 'C5'] as const;

test.each(
  graphs.flatMap((set) => (['sparse', 'approximate'] as const).map((route) => [route, set] as const)),
)(
  'the %s route of %s finds the clusters of the dense one, and assigns new objects alike',
  async (route, set) => {
    const seed = 1;
    const { data } = blobs(seed);
    const rows = Int32Array.from({ length: 75 }, (_, i) => i);
    const rest = Int32Array.from({ length: 15 }, (_, i) => 75 + i);
    const [seen, fresh] = [selectRows(data, rows), selectRows(data, rest)];
    const dense = await createExact({ route: 'dense', graphs: set }).fit(seen, { clusters: 3, seed });
    const sparse = await createExact({ route, graphs: set }).fit(seen, { clusters: 3, seed });
    // Among candidates a few coefficients are missing, even of the 74 other objects.
    const least = route === 'sparse' ? 1 : 0.9;
    expect(ari(dense.labels, sparse.labels)).toBeGreaterThanOrEqual(least);
    const [ofDense, ofSparse] = [await dense.predict(fresh), await sparse.predict(fresh)];
    expect(ari([...dense.labels, ...ofDense], [...sparse.labels, ...ofSparse])).toBeGreaterThanOrEqual(least);
    const path = join(directory, `${route}-${set}`);
    await sparse.save(path);
    const loaded = await loadExact(path);
    expect(loaded.options.route).toBe(route);
    expect(await loaded.predict(fresh)).toEqual(ofSparse);
  },
);

test('by itself the route is the dense one for few objects, as long as its matrices fit', async () => {
  const { data } = blobs(3);
  const fit = async (options: Parameters<typeof createExact>[0]) =>
    (await createExact(options).fit(data, { clusters: 3 })).affinity;
  const [dense, sparse] = [await fit({ route: 'dense' }), await fit({ route: 'sparse' })];
  expect(await fit({})).toEqual(dense);
  expect(await fit({ memory: 32 * 90 ** 2 })).toEqual(dense);
  expect(sparse).not.toEqual(dense);
  await expect(fit({ memory: 32 * 90 ** 2 - 1 })).rejects.toMatchObject({ code: 'option' });
});

test('another route is refused', () => {
  expect(() => createExact({ route: 'short' as 'auto' })).toThrow(/route/);
  expect(() => createExact({ memory: -1 })).toThrow(/memory/);
});
