import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { denseMatrix } from './matrix.js';
import { images, mixed, paired, vectors } from './modality.js';

const matrix = (rows: number, columns: number) =>
  denseMatrix(new Float32Array(rows * columns).fill(1), rows, columns);
const refused = (code: string) => expect.objectContaining({ code });

describe('modalities', () => {
  test.prop([fc.array(fc.float(), { minLength: 1, maxLength: 12 })])(
    'vectors take finite values and name the first other',
    (values) => {
      const features = denseMatrix(Float32Array.from(values), 1, values.length);
      const bad = values.findIndex((value) => !Number.isFinite(value));
      if (bad < 0) expect(vectors('x', features).features.values).toBe(features.values);
      else expect(() => vectors('x', features)).toThrow(`row 0, column ${bad}`);
    },
  );

  test('double precision becomes single, without touching the input', () => {
    const features = denseMatrix(Float64Array.of(0.1), 1, 1);
    expect(vectors('x', features).features.values).toEqual(Float32Array.of(0.1));
    expect(features.values[0]).toBe(0.1);
  });

  test('a double that single precision cannot hold is refused', () => {
    expect(() => vectors('x', denseMatrix(Float64Array.of(1e300), 1, 1))).toThrow(
      'float32 can hold, got 1e+300',
    );
  });

  test.prop([fc.nat({ max: 4 }), fc.nat({ max: 4 }), fc.nat({ max: 3 }), fc.integer({ min: 1, max: 40 })])(
    'images want height x width x channels values a row',
    (height, width, channels, columns) => {
      const make = () => images('x', matrix(2, columns), { height, width, channels });
      if (height * width * channels === columns) expect(make()).toMatchObject({ height, width, channels });
      else expect(make).toThrow(refused('shape'));
    },
  );

  test('images have one channel unless told', () => {
    expect(images('x', matrix(1, 6), { height: 2, width: 3 }).channels).toBe(1);
  });

  test('presence flags are one a row', () => {
    expect(vectors('x', matrix(2, 1), Uint8Array.of(1, 0)).present).toEqual(Uint8Array.of(1, 0));
    expect(vectors('x', matrix(2, 1))).not.toHaveProperty('present');
    expect(() => vectors('x', matrix(2, 1), Uint8Array.of(1))).toThrow(refused('shape'));
    expect(() => vectors('x', matrix(2, 1), Uint8Array.of(1, 255))).toThrow('0 or 1, got 255');
  });

  test.prop([fc.array(fc.tuple(fc.boolean(), fc.float()), { minLength: 1, maxLength: 8 })])(
    'absent rows hold zeros, whatever was in them, and the input stays as it is',
    (rows) => {
      const given = Float32Array.from(rows, ([isThere, value]) => (isThere ? 1 : value));
      const kept = given.slice();
      const present = Uint8Array.from(rows, ([isThere]) => (isThere ? 1 : 0));
      const made = [
        vectors('x', denseMatrix(given, rows.length, 1), present),
        images('x', denseMatrix(given, rows.length, 1), { height: 1, width: 1 }, present),
      ];
      for (const { features } of made) expect(features.values).toEqual(Float32Array.from(present));
      expect(given).toEqual(kept);
    },
  );
});

describe('paired data', () => {
  test.prop([fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 4 })])(
    'all modalities have the same rows',
    (rows) => {
      const make = () => paired(rows.map((n, i) => vectors(`m${i}`, matrix(n, 2))));
      if (new Set(rows).size === 1) expect(make().n).toBe(rows[0]);
      else expect(make).toThrow(refused('shape'));
    },
  );

  test('an object that is present nowhere is refused, by number', () => {
    const a = vectors('a', matrix(3, 1), Uint8Array.of(1, 0, 1));
    const b = vectors('b', matrix(3, 1), Uint8Array.of(0, 0, 1));
    expect(() => paired([a, b])).toThrow('object 1 present in none');
    expect(paired([a, vectors('b', matrix(3, 1))]).n).toBe(3);
  });

  test('no modality and two of one name are refused', () => {
    expect(() => paired([])).toThrow(refused('shape'));
    expect(() => paired([vectors('a', matrix(1, 1)), vectors('a', matrix(1, 1))])).toThrow(refused('value'));
  });
});

test.each([
  { height: -4, width: -4 },
  { height: 0.5, width: 32 },
  { height: 16, width: 1, channels: 0 },
  { height: Number.NaN, width: 4 },
])('images of %j are refused for their size', (shape) => {
  expect(() => images('x', matrix(2, 16), shape)).toThrow(refused('shape'));
  expect(() => images('x', matrix(2, 16), shape)).toThrow(/whole numbers of 1 or more, got/);
});

test.prop([fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 1, maxLength: 4 })])(
  'mixed data have the sum of the rows',
  (rows) => {
    const data = mixed(rows.map((n, i) => vectors(`m${i}`, matrix(n, i + 1))));
    expect(data).toMatchObject({ kind: 'mixed', n: rows.reduce((sum, n) => sum + n, 0) });
  },
);
