import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import { parseSetOptions } from './set-options.js';

const name = fc.stringMatching(/^[A-Za-z][A-Za-z0-9-]{0,4}$/);

test.prop([fc.uniqueArray(name, { maxLength: 4 }), fc.array(fc.jsonValue(), { minLength: 4, maxLength: 4 })])(
  'JSON values are read as they are',
  (names, values) => {
    const options = parseSetOptions(names.map((option, i) => `${option}=${JSON.stringify(values[i])}`));
    expect(Object.entries(options)).toEqual(
      expect.arrayContaining(
        names.map((option, i) => [option, JSON.parse(JSON.stringify(values[i])) as unknown]),
      ),
    );
    expect(Object.keys(options)).toHaveLength(names.length);
  },
);

test('text that is no JSON is text, and dots go inside', () => {
  expect(parseSetOptions(['fusion=affinity', 'training.steps=100', 'training.rate=1e-3', 'tag=a=b'])).toEqual(
    {
      fusion: 'affinity',
      training: { steps: 100, rate: 0.001 },
      tag: 'a=b',
    },
  );
});

test.each([
  [['steps']],
  [['=5']],
  [['__proto__.polluted=1']],
  [['a=1', 'a=2']],
  [['a=1', 'a.b=2']],
  [['a..b=1']],
  [['preset=paper']],
])('%j is refused', (assignments) => {
  expect(() => parseSetOptions(assignments)).toThrow(expect.objectContaining({ code: 'option' }));
  expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
});

test("a name of an object's own machinery is an option like any other", () => {
  expect(Object.entries(parseSetOptions(['constructor.x=1']))).toEqual([['constructor', { x: 1 }]]);
});
