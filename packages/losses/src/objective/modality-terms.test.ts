import { tf } from '@crossmodal/tensors';
import { expect, test } from 'vitest';
import { evaluateTerms } from './evaluate-terms.js';
import { modalityTerm, pairTerm, type NamedModality, type PairsState } from './modality-terms.js';

interface Sized extends NamedModality {
  readonly size: number;
}

test('parts are named after modalities and pairs, and weighed by theirs', () => {
  const modalities = [2, 3, 5].map((size, v) => ({ name: 'abc'[v]!, weight: v + 1, size }));
  const pairs = [
    { first: 0, second: 1, weight: 0.5 },
    { first: 1, second: 2, weight: 0.25 },
  ];
  const size = modalityTerm('size', 2, (modality: Sized) => tf.scalar(modality.size));
  const product = pairTerm<Sized>('product', -1, (u, v) => tf.scalar(u.size * v.size));
  const state: PairsState<Sized> = { modalities, pairs };
  const { total, values } = evaluateTerms([size, product], state);
  const read = Object.fromEntries(Object.entries(values).map(([name, value]) => [name, value.dataSync()[0]]));
  expect(read).toEqual({ 'size a': 2, 'size b': 3, 'size c': 5, 'product a b': 6, 'product b c': 15 });
  expect(total.dataSync()[0]).toBeCloseTo(2 * (2 + 6 + 15) - 3 - 3.75, 5);
  tf.dispose([total, values]);
});
