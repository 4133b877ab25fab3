import { CrossmodalError } from '@crossmodal/core';
import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { allClose, labellings, matchers, matrices, pairedData, samePartition, seeds } from '../src/index.js';

describe('allClose', () => {
  test.prop([matrices()])('a matrix is close to itself, and to itself a little moved', ({ values }) => {
    expect(allClose(values, values).close).toBe(true);
    expect(
      allClose(
        values.map((x) => x + 5e-7),
        values,
      ).close,
    ).toBe(true);
  });

  test.prop([matrices(), fc.nat()])('one value that moves is found', ({ values }, at) => {
    const moved = values.slice();
    const i = at % values.length;
    moved[i]! += 1;
    const { close, message } = allClose(moved, values);
    expect(close).toBe(false);
    expect(message).toContain(` at ${i}, `);
  });

  test('nested arrays, lengths and values that are not finite', () => {
    expect(allClose([[1, 2], [3]], Float32Array.of(1, 2, 3)).close).toBe(true);
    expect(allClose([1], [1, 1]).close).toBe(false);
    expect(allClose([Number.NaN, Infinity], [Number.NaN, Infinity]).close).toBe(true);
    expect(allClose([Number.NaN], [0]).close).toBe(false);
    expect(allClose([Infinity], [-Infinity]).close).toBe(false);
  });
});

describe('samePartition', () => {
  test.prop([labellings({ clusters: 4 }), seeds()])(
    'renamed labels are the same partition',
    (labels, seed) => {
      expect(
        samePartition(
          labels,
          labels.map((label) => (label + seed) % 4),
        ),
      ).toBe(true);
    },
  );

  test('merged and split groups are not', () => {
    expect(samePartition([0, 0, 1], [0, 0, 0])).toBe(false);
    expect(samePartition([0, 0, 0], [0, 0, 1])).toBe(false);
    expect(samePartition([0, 0], [0])).toBe(false);
  });
});

test.prop([pairedData({ minRows: 2, maxRows: 4, maxModalities: 2 })])(
  'paired data stay inside their bounds',
  (data) => {
    expect(data.n).toBeGreaterThanOrEqual(2);
    expect(data.n).toBeLessThanOrEqual(4);
    expect(data.modalities.length).toBeLessThanOrEqual(2);
    for (const { features } of data.modalities) expect(features.rows).toBe(data.n);
  },
);

test('the matchers say what they expected', () => {
  const error = new CrossmodalError({ code: 'shape', where: 'x', expected: '1', received: '2' });
  expect(matchers.toBeTypedError(error, 'shape').pass).toBe(true);
  expect(matchers.toBeTypedError(error, 'value').pass).toBe(false);
  expect(matchers.toBeTypedError(new Error('x')).message()).toContain('expected a CrossmodalError');
  expect(matchers.toBeAllClose([1], [2]).message()).toContain('expected 2 at 0, got 1');
  expect(matchers.toBeSamePartition([0, 1], [0, 0]).message()).toContain('the same partition');
});
