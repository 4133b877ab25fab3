import { denseMatrix } from '../matrix.js';
import { mixed, paired, vectors } from '../modality.js';
import { randomSource } from '../random.js';
import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { canonicalOrder } from './canonical-order.js';
import { selectRows } from './select-rows.js';

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

test('what absent rows hold does not matter', () => {
  const values = Float32Array.of(3, 1, 2, 0);
  const b = vectors('b', denseMatrix(Float32Array.of(1, 1, 1, 1), 4, 1), Uint8Array.of(0, 0, 0, 1));
  const data = paired([vectors('a', denseMatrix(values, 4, 1)), b]);
  const written = paired([
    data.modalities[0]!,
    { ...b, features: { ...b.features, values: Float32Array.of(NaN, 9, -5, 1) } },
  ]);
  const turned = paired([...written.modalities].reverse());
  expect([...canonicalOrder(written)]).toEqual([3, 1, 2, 0]);
  expect([...canonicalOrder(turned)]).toEqual([3, 1, 2, 0]);
});

describe('mixed data', () => {
  const blocks = fc.array(fc.integer({ min: 0, max: 12 }), { minLength: 1, maxLength: 3 });

  test.prop([blocks, fc.nat(1000)])(
    'modalities stay in place, and their rows in canonical order are the same however they came (sizes, seed)',
    (sizes, seed) => {
      const random = randomSource(seed);
      const data = mixed(
        sizes.map((n, v) =>
          vectors(
            `m${v}`,
            denseMatrix(
              Float32Array.from({ length: n * (v + 1) }, () => Math.round(random.normal()) + 0),
              n,
              v + 1,
            ),
          ),
        ),
      );
      let start = 0;
      const shuffle = sizes.flatMap((n) => {
        const rows = Array.from(random.permutation(n), (row) => start + row);
        start += n;
        return rows;
      });
      const shuffled = selectRows(data, shuffle);
      expect(shuffled.modalities.map(({ features }) => features.rows)).toEqual(sizes);
      const sorted = selectRows(data, canonicalOrder(data));
      expect(selectRows(shuffled, canonicalOrder(shuffled))).toEqual(sorted);
      expect([...canonicalOrder(sorted)]).toEqual(Array.from({ length: data.n }, (_, i) => i));
      data.modalities.forEach((modality, v) => {
        const own = canonicalOrder(paired([modality]));
        expect(sorted.modalities[v]).toEqual(selectRows(modality, own));
      });
    },
  );

  test('rows that go back to an earlier modality, or lie outside, are refused', () => {
    const data = mixed([
      vectors('a', denseMatrix(Float32Array.of(1, 2), 2, 1)),
      vectors('b', denseMatrix(Float32Array.of(3), 1, 1)),
    ]);
    const value: unknown = expect.objectContaining({ code: 'value' });
    expect(selectRows(data, [1, 1, 2]).modalities.map(({ features }) => [...features.values])).toEqual([
      [2, 2],
      [3],
    ]);
    for (const rows of [[2, 0], [3], [-1], [0.5]]) expect(() => selectRows(data, rows)).toThrow(value);
  });
});
