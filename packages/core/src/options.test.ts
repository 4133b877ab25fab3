import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import * as z from 'zod';
import { checkFitOptions } from './fit-options.js';
import { denseMatrix } from './matrix.js';
import { paired, vectors } from './modality.js';
import { parseOptions } from './options.js';

const schema = z.strictObject({
  width: z.number().positive().default(3),
  kind: z.enum(['a', 'b']).optional(),
  parts: z.union([z.enum(['all', 'none']), z.array(z.strictObject({ size: z.int() }))]).optional(),
});

test('defaults are filled in', () => {
  expect(parseOptions('make', schema, {})).toEqual({ width: 3 });
});

test.each([
  [{ width: -1 }, "make option 'width'"],
  [{ kind: 'c' }, "make option 'kind'"],
  [{ depth: 1 }, 'make'],
  [3, 'make'],
])('%j is refused, and the option is named', (options, where) => {
  expect(() => parseOptions('make', schema, options)).toThrow(
    expect.objectContaining({ code: 'option', where }),
  );
});

test.each([
  [{ width: -1 }, "make option 'width': expected a number >0, got -1."],
  [{ width: NaN }, "make option 'width': expected a number, got NaN."],
  [{ kind: 'c' }, "make option 'kind': expected 'a', 'b', got 'c'."],
  [{ depth: 1 }, "make: expected the options width, kind, parts, got 'depth'."],
  [{ parts: 'some' }, "make option 'parts': expected 'all', 'none' or an array, got 'some'."],
  [{ parts: [{ size: 0.5 }] }, "make option 'parts.0.size': expected an integer, got 0.5."],
  [{ parts: [{ size: 1, colour: 2 }] }, "make option 'parts.0': expected known options only, got 'colour'."],
  [3, 'make: expected an object, got 3.'],
])('%j: what is taken and what came are said', (options, message) => {
  expect(() => parseOptions('make', schema, options)).toThrow(expect.objectContaining({ message }));
});

test.prop([fc.anything()])('whatever comes, the outcome is options or a typed error', (options) => {
  try {
    expect(parseOptions('make', schema, options).width).toBeGreaterThan(0);
  } catch (error) {
    expect(error).toMatchObject({ name: 'CrossmodalError', code: 'option' });
  }
});

test.prop([fc.integer({ min: 1, max: 9 }), fc.oneof(fc.integer({ min: -3, max: 12 }), fc.double())])(
  'clusters are an integer in 1..n',
  (n, clusters) => {
    const data = paired([vectors('a', denseMatrix(new Float32Array(n), n, 1))]);
    const check = () => checkFitOptions('fit', data, { clusters });
    if (Number.isInteger(clusters) && clusters >= 1 && clusters <= n)
      expect(check()).toEqual({ clusters, seed: 0 });
    else expect(check).toThrow(expect.objectContaining({ code: 'option', where: "fit option 'clusters'" }));
  },
);

test('features that were written to after the data were made are refused, absent rows aside', () => {
  const values = Float32Array.of(1, 2, 0, 0, 5, 6);
  const part = vectors('b', denseMatrix(values, 3, 2), Uint8Array.of(1, 0, 1));
  const data = paired([vectors('a', denseMatrix(new Float32Array(3), 3, 1)), part]);
  const check = () => checkFitOptions('fit', data, { clusters: 1 });
  values[2] = Number.NaN;
  expect(check).not.toThrow();
  values[5] = Infinity;
  expect(check).toThrow(
    expect.objectContaining({
      code: 'value',
      where: 'fit',
      expected: "finite values in modality 'b'",
      received: 'Infinity at row 2, column 1',
    }),
  );
});

test('a modality that is absent everywhere is named', () => {
  const there = vectors('there', denseMatrix(new Float32Array(2), 2, 1));
  const gone = vectors('gone', denseMatrix(new Float32Array(2), 2, 1), new Uint8Array(2));
  expect(() => checkFitOptions('fit', paired([there, gone]), { clusters: 1 })).toThrow(
    expect.objectContaining({ code: 'shape', received: "modality 'gone' absent everywhere" }),
  );
});
