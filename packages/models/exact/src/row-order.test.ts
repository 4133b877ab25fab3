import { denseMatrix, images, paired, randomSource, selectRows, toDense } from '@crossmodal/core';
import { gaussianBlobs, removeRows } from '@crossmodal/datasets';
import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import { createExact } from './index.js';

test.prop([fc.constantFrom('R', 'F2', 'C5'), fc.boolean(), fc.nat(1000)], { numRuns: 6 })(
  'permuting the rows permutes labels, embedding and affinity to the last bit (graphs, gaps, seed)',
  async (graphs, gaps, seed) => {
    const random = randomSource(seed);
    const n = 40;
    const pixels = Float32Array.from({ length: n * 36 }, () => random.uniform());
    const blobs = gaussianBlobs({
      n,
      clusters: 3,
      modalities: [{ dimension: 5, separation: 2 }],
      random: random.fork('blobs'),
    });
    const whole = paired([
      ...blobs.data.modalities,
      images('noise', denseMatrix(pixels, n, 36), { height: 6, width: 6 }),
    ]);
    const data = gaps ? removeRows(whole, { rate: 0.2, random: random.fork('gaps') }) : whole;
    const order = random.permutation(n);
    const method = createExact({ graphs, hog: true });
    const one = await method.fit(data, { clusters: 3, seed });
    const two = await method.fit(selectRows(data, order), { clusters: 3, seed });
    expect([...two.labels]).toEqual(Array.from(order, (row) => one.labels[row]));
    const [a, b] = [toDense(one.affinity).values, toDense(two.affinity).values];
    const q = one.embedding.columns;
    order.forEach((row, i) => {
      expect(two.embedding.values.slice(i * q, (i + 1) * q)).toEqual(
        one.embedding.values.slice(row * q, (row + 1) * q),
      );
      expect(b.slice(i * n, (i + 1) * n)).toEqual(Float32Array.from(order, (column) => a[row * n + column]!));
    });
  },
);
