import { denseMatrix, toCsr } from '@crossmodal/core';
import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { operatorOf } from '../operators/operator-of.js';
import { scaleWeight } from '../operators/scale-weight.js';
import { checkFinite } from './check-finite.js';
import { checkSquare } from './check-square.js';
import { checkSymmetric } from './check-symmetric.js';

const refusal = (code: string): unknown => expect.objectContaining({ code });

test.prop([fc.array(fc.double(), { maxLength: 8 })])('finite values pass, others do not', (values) => {
  const check = () => checkFinite('fit', values);
  if (values.every(Number.isFinite)) check();
  else expect(check).toThrow(refusal('value'));
});

test.prop([fc.nat(4), fc.nat(4)])('square matrices with a row pass, others do not', (rows, columns) => {
  const check = () => checkSquare('fit', { rows, columns });
  if (rows === columns && rows > 0) check();
  else expect(check).toThrow(refusal('shape'));
});

describe.each(['dense', 'csr'])('checkSymmetric of %s matrices', (kind) => {
  const matrix = (...values: number[]) => {
    const dense = denseMatrix(Float64Array.from(values), 2, values.length / 2);
    return kind === 'csr' ? toCsr(dense) : dense;
  };

  test('gives the smallest stored entry, and lets rounding pass', () => {
    expect(checkSymmetric('fit', matrix(2, -1, -1, 3))).toBe(-1);
    expect(checkSymmetric('fit', matrix(2, 1, 1 + 1e-6, 3))).toBe(1);
  });

  test('refuses what is not symmetric, not finite or not square', () => {
    expect(() => checkSymmetric('fit', matrix(2, 1, 1.1, 3))).toThrow(refusal('value'));
    expect(() => checkSymmetric('fit', matrix(2, NaN, NaN, 3))).toThrow(refusal('value'));
    expect(() => checkSymmetric('fit', matrix(1, 2, 3, 4, 5, 6))).toThrow(refusal('shape'));
  });
});

test('an operator of no square matrix, or with a scale of another length, is refused', () => {
  expect(() => operatorOf(denseMatrix(new Float64Array(6), 2, 3))).toThrow(refusal('shape'));
  expect(() => operatorOf(denseMatrix(new Float64Array(4), 2, 2), new Float64Array(3))).toThrow(
    refusal('shape'),
  );
});

test('weights are scaled where the product of both scales is beyond the largest number', () => {
  expect(scaleWeight(6, 0.5, 2)).toBe(6);
  expect(scaleWeight(1e-300, 1e200, 1e200) / 1e100).toBeCloseTo(1, 12);
});
