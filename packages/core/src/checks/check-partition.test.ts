import { fc, test } from '@fast-check/vitest';
import { expect, test as plain } from 'vitest';
import { checkPartition } from './check-partition.js';

test.prop([fc.integer({ min: 1, max: 5 }), fc.array(fc.integer({ min: -2, max: 6 }), { maxLength: 8 })])(
  'passes exactly where every number is a cluster (clusters, numbers)',
  (clusters, numbers) => {
    const check = () => checkPartition('test', numbers, { rows: numbers.length, clusters });
    if (numbers.every((number) => number >= 0 && number < clusters)) check();
    else expect(check).toThrow(expect.objectContaining({ code: 'option' }));
  },
);

plain('another number of rows, and numbers that are no integers, are refused', () => {
  expect(() => checkPartition('test', [0], { rows: 2, clusters: 1 })).toThrow(
    expect.objectContaining({ code: 'shape' }),
  );
  for (const odd of [0.5, Number.NaN])
    expect(() => checkPartition('test', [odd], { rows: 1, clusters: 2 })).toThrow(
      expect.objectContaining({ code: 'option' }),
    );
});
