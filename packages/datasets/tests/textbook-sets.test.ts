import { isCrossmodalError, randomSource } from '@crossmodal/core';
import { kMeans } from '@crossmodal/spectral';
import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import { blobsAround, textbookSets, twoCircles, twoMoons } from '../src/index.js';
import { rowsOf } from './rows-of.js';

const seed = fc.nat(1000);

test.prop([seed, fc.integer({ min: 3, max: 60 })])(
  'textbook sets: named, balanced, of two features, and the same again (seed, n)',
  (s, n) => {
    const sets = textbookSets({ n, random: randomSource(s) });
    expect(sets.map(({ name, clusters }) => [name, clusters])).toEqual([
      ['blobs', 3],
      ['moons', 2],
      ['circles', 2],
      ['varied', 3],
      ['aniso', 3],
    ]);
    for (const { data, labels, clusters } of sets) {
      const { rows, columns } = data.modalities[0]!.features;
      expect([data.modalities.length, rows, columns, labels.length]).toEqual([1, n, 2, n]);
      const counts = Array.from({ length: clusters }, (_, k) => labels.filter((l) => l === k).length);
      expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
    }
    expect(textbookSets({ n, random: randomSource(s) })).toEqual(sets);
  },
);

test.prop([seed])('moons and circles without noise lie on their curves (seed)', (s) => {
  const circles = twoCircles({ n: 30, factor: 0.3, noise: 0, random: randomSource(s) });
  rowsOf(circles.data.modalities[0]!.features).forEach((row, i) =>
    expect(Math.hypot(...row)).toBeCloseTo(circles.labels[i] === 0 ? 1 : 0.3, 6),
  );
  const moons = twoMoons({ n: 30, noise: 0, random: randomSource(s) });
  rowsOf(moons.data.modalities[0]!.features).forEach(([x, y], i) => {
    const upper = moons.labels[i] === 0;
    expect(Math.hypot(x! - (upper ? 0 : 1), y! - (upper ? 0 : 0.5))).toBeCloseTo(1, 6);
    // Features are kept in single precision.
    expect(upper ? y! : 0.5 - y!).toBeGreaterThan(-1e-6);
  });
});

test('noise of moons and circles has the deviation asked for', () => {
  const { data, labels } = twoCircles({ n: 4000, noise: 0.2, factor: 0, random: randomSource(3) });
  const inner = rowsOf(data.modalities[0]!.features).filter((_, i) => labels[i] === 1);
  const square = inner.reduce((sum, [x, y]) => sum + x! * x! + y! * y!, 0) / (2 * inner.length);
  // 4,000 numbers: good to about two percent.
  expect(Math.sqrt(square)).toBeCloseTo(0.2, 1);
});

test.prop([seed])(
  'blobs around centres have their deviations, and the transformation comes last (seed)',
  (s) => {
    const centres = [
      [100, 0, 0],
      [-100, 0, 0],
    ];
    const options = { n: 400, centres, deviations: [1, 3] };
    const plain = blobsAround({ ...options, random: randomSource(s) });
    const rows = rowsOf(plain.data.modalities[0]!.features);
    for (const k of [0, 1]) {
      const own = rows
        .filter((_, i) => plain.labels[i] === k)
        .flatMap((row) => row.map((x, j) => x - centres[k]![j]!));
      const deviation = Math.sqrt(own.reduce((sum, x) => sum + x * x, 0) / own.length);
      // 600 numbers: four standard errors are twelve percent.
      expect(Math.abs(deviation / options.deviations[k]! - 1)).toBeLessThan(0.15);
    }
    const transformation = [
      [1, 0],
      [2, 0],
      [0, -1],
    ];
    const sheared = blobsAround({ ...options, transformation, random: randomSource(s) });
    expect(sheared.labels).toEqual(plain.labels);
    rowsOf(sheared.data.modalities[0]!.features).forEach(([a, b], i) => {
      const [x, y, z] = rows[i]!;
      expect(a).toBeCloseTo(x! + 2 * y!, 3);
      expect(b).toBeCloseTo(-z!, 3);
    });
  },
);

test('varied and aniso are what k-means cuts wrongly, blobs are not', () => {
  const errors = textbookSets({ random: randomSource(5) }).map(({ data, labels, clusters }) => {
    const found = kMeans(data.modalities[0]!.features, {
      clusters,
      random: randomSource(1),
      restarts: 5,
    }).labels;
    const pairs = new Set(Array.from(labels, (label, i) => `${label} ${found[i]}`));
    return pairs.size - clusters;
  });
  expect(errors[0]).toBe(0);
  for (const extra of errors.slice(1)) expect(extra).toBeGreaterThan(0);
});

test('sizes, widths and shapes that do not fit are refused', () => {
  const random = randomSource(1);
  const centres = [[0, 0]];
  const wrong = [
    () => twoMoons({ n: 0, random }),
    () => twoMoons({ n: 4, noise: -1, random }),
    () => twoCircles({ n: 4, factor: 2, random }),
    () => twoCircles({ n: 4, noise: Number.NaN, random }),
    () => blobsAround({ n: 4, centres: [], random }),
    () => blobsAround({ n: 4, centres: [[]], random }),
    () => blobsAround({ n: 4, centres: [[0], [1, 2]], random }),
    () => blobsAround({ n: 4, centres, deviations: [1, 2], random }),
    () => blobsAround({ n: 4, centres, deviations: -1, random }),
    () => blobsAround({ n: 4, centres, transformation: [[1]], random }),
  ];
  for (const draw of wrong) {
    let error: unknown;
    try {
      draw();
    } catch (reason) {
      error = reason;
    }
    expect(isCrossmodalError(error, 'option')).toBe(true);
  }
});
