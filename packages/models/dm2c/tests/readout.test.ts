import { stackRows } from '@crossmodal/alignment';
import { denseMatrix, randomSource } from '@crossmodal/core';
import type { Readout } from '@crossmodal/method';
import { useBackend } from '@crossmodal/tensors';
import { beforeAll, expect, test } from 'vitest';
import * as z from 'zod';
import { kMeansOptions, paperReadoutOptions } from '../src/options.js';
import { unifiedKMeans } from '../src/readouts/k-means.js';
import { suitedReadout } from '../src/readouts/suited-readout.js';
import { unifiedGraph } from '../src/readouts/unified-graph.js';
import type { Dm2cSeen } from '../src/types.js';

beforeAll(() => useBackend('onnx', { threads: 1 }));

const readouts = {
  graph: unifiedGraph,
  'k-means': unifiedKMeans(kMeansOptions),
  paper: unifiedKMeans(paperReadoutOptions),
  auto: suitedReadout,
} as unknown as Readonly<Record<string, Readout<Dm2cSeen>>>;

/** Latents without clusters, whose partition hangs on every setting. */
function noise(n: number, seed: number) {
  const random = randomSource(seed);
  return denseMatrix(
    Float32Array.from({ length: n * 6 }, () => random.normal()),
    n,
    6,
  );
}

/** Clusters of two modalities of noise, or of the first alone, and of samples that come later. */
async function partition(name: string, given: object = {}, seen: Partial<Dm2cSeen> = {}) {
  const readout = readouts[name]!;
  const options: unknown = z.strictObject({ ...readout.options }).parse(given);
  const latents = [noise(60, 1), noise(50, 2)];
  const common = {
    latents,
    embedding: stackRows(latents),
    anchor: 0,
    informative: [0, 1],
    suits: 'graph',
  } as const;
  const { state, labels, embedding } = await readout.fit(
    { ...common, ...seen },
    { options, clusters: 6, random: randomSource(3), pause: () => Promise.resolve() },
  );
  expect(readout.schema.safeParse(state).success).toBe(true);
  expect(readout.fits?.(state, { n: 110, clusters: 6, columns: 6 })).toBe(true);
  expect(readout.fits?.(state, { n: 110, clusters: 3, columns: 6 })).toBe(false);
  expect(readout.fits?.(state, { n: 110, clusters: 6, columns: 5 })).toBe(false);
  const later = noise(60, 4);
  const found = await readout.predict(
    { ...common, latents: [later], embedding: later },
    { state, labels, embedding, clusters: 6, options },
  );
  return { labels: [...labels], later: [...found.labels] };
}

test.each<[string, object]>([
  ['graphs', { graphs: 'R' }],
  ['width', { width: 0.3 }],
  ['ridgeReference', { ridgeReference: 5 }],
  ['extraEigenvectors', { extraEigenvectors: 0 }],
  ['bandwidth', { bandwidth: 3 }],
  ['restarts', { restarts: 1 }],
])('%s changes the partition of a graph', async (_, change) => {
  const plain = await partition('graph');
  expect((await partition('graph', change)).labels).not.toEqual(plain.labels);
});

test('neighbours change where later samples go, and not the partition', async () => {
  const [plain, one] = [await partition('graph'), await partition('graph', { neighbours: 1 })];
  expect(one.labels).toEqual(plain.labels);
  expect(one.later).not.toEqual(plain.later);
});

test.each(['k-means', 'paper'])('restarts change the partition of %s', async (name) => {
  const plain = await partition(name);
  expect((await partition(name, { restarts: 1 })).labels).not.toEqual(plain.labels);
});

test('auto does what suits the latents', async () => {
  const [graph, centres] = [await partition('graph'), await partition('k-means')];
  expect(centres.labels).not.toEqual(graph.labels);
  expect(await partition('auto', {}, { suits: 'graph' })).toEqual(graph);
  expect(await partition('auto', {}, { suits: 'k-means' })).toEqual(centres);
});

test.each(['graph', 'k-means'])(
  '%s: samples of a modality that takes no part join the others',
  async (name) => {
    const latents = [noise(60, 1), noise(60, 4)];
    const seen = { latents, embedding: stackRows(latents), informative: [0] };
    const { labels, later } = await partition(name, {}, seen);
    expect(labels.slice(60)).toEqual(later);
  },
);
