import { denseMatrix, matchInputs, selectRows, vectors } from '@crossmodal/core';
import { noisyImages, noisyVectors } from '@crossmodal/testing';
import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { fitNetworkInput, networkSamples } from '../index.js';

const seeds = fc.nat(500);

describe('network inputs', () => {
  test.prop([seeds, fc.boolean(), fc.constantFrom('unit', 'pixels')], { numRuns: 20 })(
    'images fill [0, 1] or [0, 255]; absent rows are zero, whatever they held (seed, gaps, scale)',
    (seed, gaps, scale) => {
      const modality = noisyImages(9, 4, seed, gaps);
      const { shape, values } = networkSamples(
        fitNetworkInput(modality, scale),
        modality.features,
        modality.present,
      );
      expect(shape).toEqual([9, 4, 4, 1]);
      const top = scale === 'pixels' ? 255 : 1;
      expect(Math.min(...values)).toBe(0);
      expect(Math.max(...values)).toBeCloseTo(top, 3);
      modality.present?.forEach((flag, i) => {
        if (flag === 0)
          expect(values.subarray(i * 16, (i + 1) * 16).every((value) => value === 0)).toBe(true);
      });
    },
  );

  test.prop([seeds, fc.boolean()], { numRuns: 20 })(
    'vectors get rows of length sqrt(d), and a row does not depend on the others given (seed, gaps)',
    (seed, gaps) => {
      const modality = noisyVectors(12, 5, seed, gaps);
      const input = fitNetworkInput(modality, 'unit');
      const { values } = networkSamples(input, modality.features, modality.present);
      for (let i = 0; i < 12; i++) {
        const row = values.subarray(i * 5, (i + 1) * 5);
        const length = Math.hypot(...row);
        expect(length).toBeCloseTo(modality.present?.[i] === 0 ? 0 : Math.sqrt(5), 4);
        const alone = selectRows(modality, [i]);
        expect(networkSamples(input, alone.features, alone.present).values).toEqual(row.slice());
      }
    },
  );

  test('what is given is not changed', () => {
    const modality = noisyVectors(6, 3, 1);
    const before = modality.features.values.slice();
    networkSamples(fitNetworkInput(modality, 'pixels'), modality.features);
    expect(modality.features.values).toEqual(before);
  });

  test('an empty matrix has samples of its shape', () => {
    const input = fitNetworkInput(noisyVectors(4, 2, 1), 'unit');
    expect(networkSamples(input, denseMatrix(new Float32Array(0), 0, 2)).shape).toEqual([0, 2]);
  });
});

describe('matchInputs', () => {
  const given = [noisyImages(3, 4, 1), noisyVectors(3, 5, 2)] as const;
  const inputs = given.map((modality) => fitNetworkInput(modality, 'unit'));

  test('finds modalities by name, in the order of the fit', () => {
    expect(matchInputs('f', inputs, [given[1], given[0]])).toEqual(given);
  });

  test.each([
    ['one is missing', [given[0]]],
    ['one has another name', [given[0], { ...given[1], name: 'others' }]],
    ['one has another shape', [given[0], noisyVectors(3, 6, 2)]],
    ['images came as vectors', [vectors('pictures', given[0].features), given[1]]],
  ])('refuses when %s', (_, modalities) => {
    expect(() => matchInputs('f predict', inputs, modalities)).toThrowError(
      /f predict: expected the modalities 'pictures' \[n, 4, 4, 1\], 'points' \[n, 5\]/,
    );
  });

  test('refuses values that stopped being finite, in rows that are present', () => {
    const spoilt = noisyVectors(3, 5, 2);
    (spoilt.features.values as Float32Array)[7] = Number.NaN;
    expect(() => matchInputs('f predict', inputs, [given[0], spoilt])).toThrowError(
      /'points', got NaN at row 1/,
    );
    const absent = { ...spoilt, present: Uint8Array.of(1, 0, 1) };
    expect(matchInputs('f predict', inputs, [given[0], absent])).toEqual([given[0], absent]);
  });
});
