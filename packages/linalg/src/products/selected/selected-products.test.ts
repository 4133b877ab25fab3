import { denseMatrix, randomSource } from '@crossmodal/core';
import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import { machineFor } from '../../operators/machine.js';
import { plainProducts } from './plain-products.js';
import { productsModule } from './products-kernel.js';
import { selectedProducts } from './selected-products.js';

const draw = fc.record({
  seed: fc.nat(0xffffffff),
  n: fc.integer({ min: 1, max: 90 }),
  m: fc.integer({ min: 1, max: 130 }),
  d: fc.integer({ min: 0, max: 40 }),
  threads: fc.integer({ min: 1, max: 3 }),
});

test.prop([draw], { numRuns: 12 })(
  'machine code, on any number of threads, computes what plain loops do, to the last bit, and these the products',
  ({ seed, n, m, d, threads }) => {
    const random = randomSource(seed);
    const matrix = (rows: number) =>
      denseMatrix(
        Float32Array.from({ length: rows * d }, () => random.normal()),
        rows,
        d,
      );
    const y = matrix(n);
    const products = selectedProducts(y, { rows: m, entries: 6 * m, threads });
    // Once more with fewer rows, whose lists begin later: what an earlier call left does no harm.
    for (const rows of [m, Math.ceil(m / 2)]) {
      const x = matrix(rows);
      const offsets = new Int32Array(rows + 1).fill(2);
      for (let i = 0; i < rows; i++) offsets[i + 1] = offsets[i]! + Math.floor(7 * random.uniform());
      const lists = Int32Array.from({ length: offsets[rows]! }, () => Math.floor(n * random.uniform()));
      const found = products.of(x, offsets, lists);
      expect(found).toEqual(plainProducts(x, y, offsets, lists));
      for (let i = 0; i < rows; i++) {
        for (let p = offsets[i]!; p < offsets[i + 1]!; p++) {
          let sum = 0;
          for (let j = 0; j < d; j++) sum += x.values[i * d + j]! * y.values[lists[p]! * d + j]!;
          // Single precision, of products of about 1.
          expect(found[p - 2]).toBeCloseTo(sum, 4);
        }
      }
    }
    products.release();
  },
);

test.each([1, 2])('this host runs the machine code, on %i threads', (threads) => {
  const machine = machineFor(productsModule, 65_536, threads);
  expect(machine?.shared).toBe(threads > 1);
});

test('rows and lists that do not fit, and places beyond the rows, are refused', () => {
  const y = denseMatrix(new Float32Array(4), 2, 2);
  const x = denseMatrix(new Float32Array(2), 1, 2);
  const products = selectedProducts(y, { rows: 1, entries: 1 });
  for (const [rows, offsets, lists, code] of [
    [x, [0, 1], [-1], 'value'],
    [x, [0, 1], [2], 'value'],
    [x, [0, 2], [0, 1], 'shape'],
    [x, [0], [0], 'shape'],
    [y, [0, 1, 1], [0], 'shape'],
    [denseMatrix(new Float32Array(3), 1, 3), [0, 1], [0], 'shape'],
  ] as const)
    expect(() => products.of(rows, offsets, Int32Array.from(lists))).toThrow(
      expect.objectContaining({ code }),
    );
  products.release();
  for (const wrong of [{ threads: 0 }, { rows: 0 }, { entries: -1 }])
    expect(() => selectedProducts(y, { rows: 1, entries: 1, ...wrong })).toThrow(
      expect.objectContaining({ code: 'option' }),
    );
});
