import { tf } from '@crossmodal/tensors';
import { beforeAll, expect, test } from 'vitest';
import { sharedValue } from './shared-value.js';

beforeAll(async () => {
  await tf.setBackend('cpu');
});

test('is computed once per state, and again when a scope has freed it', () => {
  const asked: number[] = [];
  const double = sharedValue(({ x }: { readonly x: number }) => {
    asked.push(x);
    return tf.scalar(2 * x);
  });
  const [one, two] = [{ x: 1 }, { x: 2 }];
  const first = double(one);
  expect(double(one)).toBe(first);
  expect(double(two).dataSync()[0]).toBe(4);
  expect(asked).toEqual([1, 2]);
  tf.dispose([first, double(two)]);
  tf.tidy(() => {
    double(one);
  });
  const again = double(one);
  expect(again.dataSync()[0]).toBe(2);
  expect(asked).toEqual([1, 2, 1, 1]);
  again.dispose();
});
