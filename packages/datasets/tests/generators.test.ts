import { denseMatrix, paired, randomSource, vectors, type DenseMatrix, type Paired } from '@crossmodal/core';
import {
  drawPerClass,
  gaussianBlobs,
  latentClusters,
  mixModalities,
  removeRows,
  unionOfSubspaces,
} from '../src/index.js';
import { symmetricEigen } from '@crossmodal/linalg';
import { kMeans } from '@crossmodal/spectral';
import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import { rowsOf } from './rows-of.js';

const seed = fc.integer({ min: 0, max: 2 ** 32 - 1 });
const sizes = fc
  .tuple(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 40 }))
  .map(([a, b]) => [Math.max(a, b), Math.min(a, b)] as const);

test.prop([seed, sizes, fc.boolean()])(
  'blobs: sizes balanced, seeded, one modality does not move another',
  (s, [n, clusters], nonlinear) => {
    const modalities = [
      { dimension: 3, nonlinear },
      { dimension: 2, separation: 0, name: 'noise' },
    ];
    const draw = (list = modalities) =>
      gaussianBlobs({ n, clusters, modalities: list, random: randomSource(s) });
    const { data, labels } = draw();
    const counts = new Map<number, number>();
    for (const label of labels) counts.set(label, (counts.get(label) ?? 0) + 1);
    expect(counts.size).toBe(clusters);
    expect(Math.max(...counts.values()) - Math.min(...counts.values())).toBeLessThanOrEqual(1);
    expect(data.modalities.map(({ name, features }) => [name, features.rows, features.columns])).toEqual([
      ['blobs1', n, 3],
      ['noise', n, 2],
    ]);
    expect(draw()).toEqual({ data, labels });
    expect(draw(modalities.slice(0, 1)).data.modalities[0]).toEqual(data.modalities[0]);
  },
);

test('blobs: the root mean square distance of centres is the separation', () => {
  const clusters = 200;
  const modalities = [{ dimension: 50, separation: 6, noise: 0 }];
  const { data } = gaussianBlobs({ n: clusters, clusters, modalities, random: randomSource(2) });
  const rows = rowsOf(data.modalities[0]!.features);
  let squares = 0;
  for (let i = 0; i < clusters; i++) {
    for (let j = 0; j < i; j++) squares += rows[i]!.reduce((sum, x, k) => sum + (x - rows[j]![k]!) ** 2, 0);
  }
  // 10,000 coordinates: the estimate of the variance is good to about 1.4 percent.
  expect(Math.sqrt(squares / ((clusters * (clusters - 1)) / 2))).toBeCloseTo(6, 0);
});

test.prop([seed, fc.integer({ min: 1, max: 3 }), fc.boolean()], { numRuns: 20 })(
  'subspaces: each cluster has its rank, unless bent or noisy',
  (s, subspaceDimension, nonlinear) => {
    const n = 40;
    const { data, labels } = unionOfSubspaces({
      n,
      clusters: 2,
      subspaceDimension,
      ambientDimensions: [5, 8],
      pureNoiseDimensions: [4],
      nonlinear,
      random: randomSource(s),
    });
    expect(data.modalities.map(({ name }) => name)).toEqual(['subspaces1', 'subspaces2', 'noise1']);
    for (const { name, features } of data.modalities) {
      const d = features.columns;
      const gram = new Float64Array(d * d);
      rowsOf(features).forEach((row, i) => {
        if (labels[i] === 0)
          for (let p = 0; p < d * d; p++) gram[p]! += row[Math.floor(p / d)]! * row[p % d]!;
      });
      const { values } = symmetricEigen(denseMatrix(gram, d, d));
      const rank = Array.from(values).filter((w) => w > 1e-8 * values[0]!).length;
      if (name === 'noise1') expect(rank).toBe(d);
      else if (nonlinear) expect(rank).toBeGreaterThan(subspaceDimension);
      else expect(rank).toBe(subspaceDimension);
    }
  },
);

const removal = fc.record({
  n: fc.integer({ min: 1, max: 30 }),
  modalities: fc.integer({ min: 1, max: 4 }),
  share: fc.double({ min: 0, max: 1, noNaN: true }),
  s: seed,
});

function complete(n: number, count: number): Paired {
  return paired(
    Array.from({ length: count }, (_, v) =>
      vectors(
        `m${v}`,
        denseMatrix(
          Float32Array.from({ length: 2 * n }, (__, p) => p + 1),
          n,
          2,
        ),
      ),
    ),
  );
}

test.prop([removal])(
  'rows go missing at the exact rate, never all of an object',
  ({ n, modalities, share, s }) => {
    const data = complete(n, modalities);
    const rate = (share * (modalities - 1)) / modalities;
    const result = removeRows(data, { rate, random: randomSource(s) });
    const flags = result.modalities.map(({ present }) => present!);
    const missing = flags.reduce((sum, present) => sum + present.filter((flag) => flag === 0).length, 0);
    expect(missing).toBe(Math.round(rate * n * modalities));
    for (let i = 0; i < n; i++) expect(flags.some((present) => present[i] === 1)).toBe(true);
    result.modalities.forEach(({ features }, v) =>
      rowsOf(features).forEach((row, i) =>
        expect(row).toEqual(flags[v]![i] === 1 ? [2 * i + 1, 2 * i + 2] : [0, 0]),
      ),
    );
    expect(data.modalities[0]!.features.values[0]).toBe(1);
    expect(removeRows(data, { rate, random: randomSource(s) })).toEqual(result);
    // The result is valid paired data, from which more can be removed.
    paired(result.modalities);
    const more = removeRows(result, { rate: 0, random: randomSource(s) });
    expect(more).toEqual(result);
  },
);

test.each([0.6, 1, -0.1, Number.NaN])('a rate of %s with two modalities is refused', (rate) => {
  expect(() => removeRows(complete(10, 2), { rate, random: randomSource(0) })).toThrow(
    expect.objectContaining({ code: 'option' }),
  );
});

test.prop([removal])(
  'mixing keeps each object once, where it is present, as evenly as can be',
  ({ n, modalities, share, s }) => {
    const whole = complete(n, modalities);
    const even = mixModalities(whole, { random: randomSource(s) });
    const counts = even.data.modalities.map(({ features }) => features.rows);
    expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
    const data = removeRows(whole, {
      rate: (share * (modalities - 1)) / modalities,
      random: randomSource(s),
    });
    const mixed = mixModalities(data, { random: randomSource(s) });
    expect([...mixed.objects].sort((a, b) => a - b)).toEqual(Array.from({ length: n }, (_, i) => i));
    expect(mixed.data.n).toBe(n);
    let next = 0;
    for (const { features, present } of mixed.data.modalities) {
      expect(present).toBeUndefined();
      for (const row of rowsOf(features)) {
        const i = mixed.objects[next++]!;
        expect(row).toEqual([2 * i + 1, 2 * i + 2]);
      }
    }
  },
);

test.prop([seed, fc.array(fc.constantFrom('a', 'b', 3), { minLength: 1, maxLength: 40 })])(
  'the same number is drawn of each class',
  (s, labels) => {
    const sizesByClass = [...new Set(labels)].map(
      (label) => labels.filter((other) => other === label).length,
    );
    const perClass = Math.min(...sizesByClass);
    const drawn = drawPerClass({ labels, perClass, random: randomSource(s) });
    expect(Array.from(drawn)).toEqual([...new Set(drawn)].sort((a, b) => a - b));
    for (const label of new Set(labels))
      expect(Array.from(drawn).filter((i) => labels[i] === label).length).toBe(perClass);
    expect(() => drawPerClass({ labels, perClass: perClass + 1, random: randomSource(s) })).toThrow(
      expect.objectContaining({ code: 'value' }),
    );
  },
);

test.each([
  { n: 0, clusters: 1, modalities: [{ dimension: 1 }] },
  { n: 2, clusters: 3, modalities: [{ dimension: 1 }] },
  { n: 2, clusters: 1, modalities: [] },
  { n: 2, clusters: 1, modalities: [{ dimension: 0 }] },
  { n: 2, clusters: 1, modalities: [{ dimension: 1, noise: -1 }] },
])('blobs of %o are refused', (options) => {
  expect(() => gaussianBlobs({ ...options, random: randomSource(0) })).toThrow(
    expect.objectContaining({ code: 'option' }),
  );
});

test('subspaces larger than their space are refused', () => {
  const options = {
    n: 4,
    clusters: 2,
    subspaceDimension: 3,
    ambientDimensions: [2],
    random: randomSource(0),
  };
  expect(() => unionOfSubspaces(options)).toThrow(expect.objectContaining({ code: 'option' }));
});

test.prop([seed, sizes, fc.integer({ min: 1, max: 4 })])(
  'latent clusters: sizes balanced, seeded, within the range of tanh, one modality does not move another',
  (s, [n, clusters], latentDimension) => {
    const modalities = [
      { dimension: 3, noise: 0 },
      { dimension: 2, noise: 0, informative: false, name: 'noise' },
    ];
    const draw = (list = modalities) =>
      latentClusters({ n, clusters, latentDimension, modalities: list, random: randomSource(s) });
    const { data, labels } = draw();
    const counts = new Map<number, number>();
    for (const label of labels) counts.set(label, (counts.get(label) ?? 0) + 1);
    expect(counts.size).toBe(clusters);
    expect(Math.max(...counts.values()) - Math.min(...counts.values())).toBeLessThanOrEqual(1);
    expect(data.modalities.map(({ name, features }) => [name, features.rows, features.columns])).toEqual([
      ['view1', n, 3],
      ['noise', n, 2],
    ]);
    for (const { features } of data.modalities)
      for (const value of Array.from((features as DenseMatrix).values))
        expect(Math.abs(value)).toBeLessThanOrEqual(1);
    expect(draw()).toEqual({ data, labels });
    expect(draw(modalities.slice(0, 1)).data.modalities[0]).toEqual(data.modalities[0]);
  },
);

test('latent clusters: informative modalities show the clusters, the others do not', () => {
  const { data, labels } = latentClusters({
    n: 300,
    clusters: 3,
    separation: 12,
    modalities: [{ dimension: 20 }, { dimension: 30 }, { dimension: 20, informative: false }],
    random: randomSource(4),
  });
  const shares = data.modalities.map(({ features }) => {
    const { labels: found } = kMeans(features as never, { clusters: 3, random: randomSource(1) });
    let agreeing = 0;
    for (let i = 0; i < 300; i++)
      for (let j = 0; j < i; j++)
        agreeing += Number((found[i] === found[j]) === (labels[i] === labels[j])) / ((300 * 299) / 2);
    return agreeing;
  });
  expect(shares[0]).toBeGreaterThan(0.98);
  expect(shares[1]).toBeGreaterThan(0.98);
  // Three independent clusterings of equal sizes agree on 1/9 + 4/9 of the pairs.
  expect(shares[2]).toBeLessThan(0.65);
});

test('latent clusters: refuse what they cannot draw', () => {
  const good = { n: 4, clusters: 2, modalities: [{ dimension: 2 }], random: randomSource(1) };
  for (const [bad, option] of [
    [{ clusters: 5 }, 'clusters'],
    [{ latentDimension: 0 }, 'latentDimension'],
    [{ separation: -1 }, 'separation'],
    [{ modalities: [] }, 'modalities.length'],
    [{ modalities: [{ dimension: 2, noise: NaN }] }, 'modalities.0.noise'],
  ] as const)
    expect(() => latentClusters({ ...good, ...bad })).toThrow(`option '${option}'`);
});
