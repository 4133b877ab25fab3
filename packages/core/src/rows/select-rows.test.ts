import { expect, test } from 'vitest';
import { denseMatrix } from '../matrix.js';
import { images, paired, vectors } from '../modality.js';
import { selectRows } from './select-rows.js';

test('rows are selected in every modality, presence included', () => {
  const a = vectors('a', denseMatrix(Float32Array.of(0, 1, 2), 3, 1));
  const b = images(
    'b',
    denseMatrix(Float32Array.of(0, 0, 0, 10, 0, 20), 3, 2),
    { height: 1, width: 2 },
    Uint8Array.of(0, 1, 1),
  );
  const selected = selectRows(paired([a, b]), [2, 0, 2]);
  expect(selected.n).toBe(3);
  expect(Array.from(selected.modalities[0]!.features.values)).toEqual([2, 0, 2]);
  expect(Array.from(selected.modalities[1]!.present!)).toEqual([1, 0, 1]);
  expect(selected.modalities[1]!.kind).toBe('images');
  expect(() => selectRows(a, [3])).toThrow(expect.objectContaining({ code: 'value' }));
});
