import { denseMatrix, paired, randomSource, vectors } from '@crossmodal/core';
import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import { canonicalOrder, selectRows } from '../src/index.js';

test.prop([fc.integer({ min: 1, max: 30 }), fc.nat(1000), fc.boolean()])(
  'rows in canonical order are the same however they came (n, seed, missing)',
  (n, seed, missing) => {
    const random = randomSource(seed);
    const features = (d: number) =>
      denseMatrix(
        // Plus 0: a zero of either sign is the same value, and would differ here.
        Float32Array.from({ length: n * d }, () => Math.round(random.normal() * 2) + 0),
        n,
        d,
      );
    const present = Uint8Array.from({ length: n }, () => (random.uniform() < 0.7 ? 1 : 0));
    const data = paired([
      vectors('a', features(2)),
      missing ? vectors('b', features(3), present) : vectors('b', features(3)),
    ]);
    const shuffled = selectRows(data, random.permutation(n));
    const sorted = selectRows(data, canonicalOrder(data));
    expect(selectRows(shuffled, canonicalOrder(shuffled))).toEqual(sorted);
    expect([...canonicalOrder(sorted)]).toEqual(Array.from({ length: n }, (_, i) => i));
  },
);
