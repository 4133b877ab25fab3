import { describe, expect, test } from 'vitest';
import { affinityPlan, GRAPHS_C5, GRAPHS_F2, type AffinityPlanOptions } from '../../index.js';

const digits = { columns: [784, 441], recipes: GRAPHS_C5 };
const gibibyte = 2 ** 30;

describe('affinityPlan', () => {
  test.each([
    [1, 'dense'],
    [5792, 'dense'],
    [5793, 'sparse'],
    [12_000, 'sparse'],
    [12_001, 'approximate'],
    [1_000_000, 'approximate'],
  ] as const)('by itself decides by the number of samples: %i %s', (n, route) => {
    expect(affinityPlan({ n, ...digits }).route).toBe(route);
  });

  test('goes by the memory that is given, and refuses what cannot fit, with what it would take', () => {
    const plan = (n: number, memory: number) => affinityPlan({ n, ...digits }, { memory });
    expect(plan(16_000, 8 * gibibyte).route).toBe('dense');
    expect(plan(16_000, 4 * gibibyte).route).toBe('approximate');
    expect(plan(8000, gibibyte).route).toBe('sparse');
    const { bytes } = affinityPlan({ n: 200_000, ...digits });
    expect(plan(200_000, bytes).route).toBe('approximate');
    expect(() => plan(200_000, bytes / 10)).toThrow(
      expect.objectContaining({ code: 'option', received: String(bytes / 10) }) as Error,
    );
  });

  test('counts bytes in proportion to the samples, and operations hardly faster, beyond the dense route', () => {
    const [one, ten] = [1, 10].map((times) => affinityPlan({ n: 100_000 * times, ...digits }));
    expect(ten!.bytes / one!.bytes).toBeLessThan(10.1);
    expect(ten!.operations.engine / one!.operations.engine).toBeLessThan(10 ** 1.3);
    const fewer = affinityPlan({ n: 100_000, columns: digits.columns, recipes: GRAPHS_F2 });
    expect(fewer.operations.scalar).toBeLessThan(one!.operations.scalar / 5);
    const pairs = affinityPlan({ n: 100_000, ...digits }, { route: 'sparse' });
    expect(pairs.operations.engine).toBeGreaterThan(10 * one!.operations.engine);
  });

  test('keeps a route that is given and refuses another', () => {
    for (const route of ['dense', 'sparse', 'approximate'] as const)
      expect(affinityPlan({ n: 500, ...digits }, { route, memory: 1 }).route).toBe(route);
    const refused = (options: AffinityPlanOptions, n = 10) =>
      expect(() => affinityPlan({ n, ...digits }, options)).toThrow(
        expect.objectContaining({ code: 'option' }) as Error,
      );
    refused({ route: 'short' as 'auto' });
    refused({ memory: 0.5 });
    refused({}, 0);
  });
});
