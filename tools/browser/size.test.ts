import { describe, expect, test } from 'vitest';
import { bundlers, startBytes } from './bundle.js';

describe.each(Object.entries(bundlers))('bundles by %s', (_, bundle) => {
  test('exact, with its backend, is below 250 kB gzipped', async () => {
    expect(startBytes(await bundle('exact'))).toBeLessThan(250_000);
  });

  test('metrics are below 5 kB gzipped', async () => {
    expect(startBytes(await bundle('metrics'))).toBeLessThan(5_000);
  });
});
