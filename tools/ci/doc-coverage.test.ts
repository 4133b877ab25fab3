import { describe, expect, test } from 'vitest';
import { packageApis } from './exports.js';

const { apis } = packageApis();

describe.each(apis.map((api) => [api.name, api] as const))('%s', (_name, api) => {
  test('every export is documented', () => {
    expect(api.exports.length).toBeGreaterThan(0);
    const bare = api.exports.filter(({ documentation }) => documentation.trim() === '');
    expect(bare.map(({ name, file }) => `${name} (${file})`)).toEqual([]);
  });

  test('every documentation starts with a sentence', () => {
    const cut = api.exports.filter(({ documentation }) => !/[.:)`]\s*(\n|$)|\.\s/.test(documentation));
    expect(cut.map(({ name, file }) => `${name} (${file})`)).toEqual([]);
  });
});
