import { randomSource } from '@crossmodal/core';
import { valueRange } from '@crossmodal/report';
import { expect, test } from 'vitest';
import { drawDigits, type Digits } from './draw-digits.js';

test('every class is drawn as often, in random order, and the seed decides (seeds 1 and 2)', async () => {
  const [a, again, other] = await Promise.all([1, 1, 2].map((seed) => drawDigits(20, randomSource(seed))));
  const all = ({ pixels, classes }: Digits) => `${classes.join()} ${pixels.features.values.join()}`;
  expect(all(again!) === all(a!)).toBe(true);
  expect(all(other!) === all(a!)).toBe(false);
  const counts = new Array<number>(10).fill(0);
  for (const digit of a!.classes) counts[digit]!++;
  expect(counts).toEqual(new Array(10).fill(20));
  expect([...a!.classes]).not.toEqual([...a!.classes].sort());
  expect(valueRange(a!.pixels)).toEqual([0, 1]);
  // No image twice: every row has its own pixels.
  const rows = Array.from({ length: 200 }, (_, i) =>
    a!.pixels.features.values.subarray(i * 784, (i + 1) * 784).join(),
  );
  expect(new Set(rows).size).toBe(200);
});
