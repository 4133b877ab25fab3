import {
  isCrossmodalError,
  mixed,
  paired,
  presenceOf,
  randomSource,
  denseMatrix,
  vectors,
  type MultiModalData,
} from '@crossmodal/core';
import { describe, expect, test } from 'vitest';
import { checkComplete } from './check-complete.js';
import { checkKind } from './check-kind.js';

const points = (n: number, d: number, seed: number) => {
  const noise = randomSource(seed);
  return vectors(
    `points ${seed}`,
    denseMatrix(
      Float32Array.from({ length: n * d }, () => noise.normal()),
      n,
      d,
    ),
  );
};

describe('checks of data', () => {
  const pair: MultiModalData = paired([points(4, 3, 1), points(4, 2, 2)]);
  const mix: MultiModalData = mixed([points(4, 3, 1), points(6, 2, 2)]);
  const unsupported = (run: () => void) => {
    try {
      run();
    } catch (error) {
      return isCrossmodalError(error, 'unsupported');
    }
    return false;
  };

  test('each kind passes its own check and fails the other', () => {
    const outcomes = [pair, mix].map((data) => [
      unsupported(() => checkKind('m', 'paired', data)),
      unsupported(() => checkKind('m', 'mixed', data)),
    ]);
    expect(outcomes).toEqual([
      [false, true],
      [true, false],
    ]);
  });

  test('absent rows are found, and refused where all are needed', () => {
    const gappy = { ...points(4, 2, 1), present: Uint8Array.of(1, 0, 1, 1) };
    expect(presenceOf(gappy)).toBe(gappy.present);
    const full = vectors('full', gappy.features, Uint8Array.of(1, 1, 1, 1));
    expect(presenceOf(full)).toBeUndefined();
    expect(() => checkComplete('m', [full])).not.toThrow();
    expect(() => checkComplete('m', [full, gappy], 'for late fusion')).toThrowError(
      "m: expected every sample in every modality, for late fusion, got absent rows in 'points 1'",
    );
  });
});
