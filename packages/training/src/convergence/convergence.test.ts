import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import type { ConvergenceRule } from './convergence-rule.js';
import { plateau } from './plateau.js';
import { settled } from './settled.js';

/** Step after which a rule ends a run with these losses, or undefined. */
async function decision(
  rule: ConvergenceRule,
  losses: readonly number[],
  term = 'total',
): Promise<number | undefined> {
  const observer = rule.start();
  for (const [step, value] of losses.entries()) {
    if (await observer.observe({ phase: 'train', step, losses: { [term]: value } })) return step;
  }
  return undefined;
}

const anyLosses = fc.array(fc.double({ min: 0, max: 100, noNaN: true }), { maxLength: 60 });

describe('plateau', () => {
  test.prop([anyLosses, anyLosses], { numRuns: 60 })(
    'more steps do not change a decision that was made',
    async (losses, more) => {
      const rule = plateau({ window: 3, patience: 2, tolerance: 0.1 });
      const made = await decision(rule, losses);
      if (made !== undefined) expect(await decision(rule, [...losses, ...more])).toBe(made);
    },
  );

  test.prop([anyLosses, fc.double({ min: 1e-3, max: 1e3, noNaN: true })], { numRuns: 60 })(
    'scaling a loss does not matter',
    async (losses, scale) => {
      const rule = plateau({ window: 2, patience: 2, tolerance: 0.37 });
      // Powers of two scale without rounding.
      const factor = 2 ** Math.round(Math.log2(scale));
      expect(await decision(rule, losses)).toBe(
        await decision(
          rule,
          losses.map((x) => x * factor),
        ),
      );
    },
  );

  test('a geometric fall goes on while it is steeper than the tolerance, and a flat tail ends it', async () => {
    const falling = Array.from({ length: 40 }, (_, t) => 0.9 ** t);
    const rule = plateau({ window: 1, patience: 3, tolerance: 0.05 });
    expect(await decision(rule, falling)).toBeUndefined();
    // Flat from step 40 on: steps 40 (against 39) is equal, so 40, 41 and 42 are flat.
    expect(await decision(rule, [...falling, ...Array.from({ length: 5 }, () => 0.9 ** 39)])).toBe(42);
  });

  test('losses that are 0 or rise are flat', async () => {
    expect(await decision(plateau({ window: 1, patience: 2 }), [0, 0, 0])).toBe(2);
    expect(await decision(plateau({ window: 1, patience: 2 }), [1, 2, 3])).toBe(2);
  });

  test('watches its term, and passes over steps without it', async () => {
    const losses = Array.from({ length: 8 }, () => 1);
    expect(await decision(plateau({ term: 'cut', window: 1, patience: 1 }), losses)).toBeUndefined();
    expect(await decision(plateau({ term: 'cut', window: 1, patience: 1 }), losses, 'cut')).toBe(1);
  });

  test.each([{ window: 0 }, { patience: 1.5 }, { tolerance: -1 }, { tolerance: Number.NaN }])(
    'refuses %o',
    (options) => {
      expect(() => plateau(options)).toThrowError(/plateau option/);
    },
  );
});

describe('settled', () => {
  const looks = (values: readonly number[][]) => {
    let look = 0;
    return () => values[Math.min(look++, values.length - 1)]!;
  };
  const steps = Array.from({ length: 20 }, () => 1);

  test('ends after as many still looks as it has patience', async () => {
    const rule = settled({
      read: looks([
        [1, 0],
        [2, 0],
        [3, 0],
        [3, 0.01],
        [3, 0.02],
      ]),
      every: 2,
      patience: 2,
      tolerance: 0.01,
    });
    // Looks after steps 1, 3, 5, 7, 9: the fourth and the fifth moved by 0.01 of a norm of 3.
    expect(await decision(rule, steps)).toBe(9);
  });

  test('a move in between starts the count again', async () => {
    const rule = settled({ read: looks([[1], [1], [2], [2], [2]]), every: 1, patience: 2 });
    expect(await decision(rule, steps)).toBe(4);
  });

  test('zeros that stay zeros are settled', async () => {
    expect(await decision(settled({ read: () => [0, 0], every: 1, patience: 1 }), steps)).toBe(1);
  });

  test('reads asynchronously, and refuses another length', async () => {
    const read = looks([[1], [1, 2]]);
    const rule = settled({ read: () => Promise.resolve(read()), every: 1 });
    await expect(decision(rule, steps)).rejects.toThrowError(/a representation of 1 values, got 2/);
  });

  test.each([{ every: 0 }, { patience: 0 }, { tolerance: -1 }])('refuses %o', (options) => {
    expect(() => settled({ read: () => [], ...options })).toThrowError(/settled option/);
  });
});
