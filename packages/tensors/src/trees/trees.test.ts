import { tf } from '../tf.js';
import { fc, test } from '@fast-check/vitest';
import { beforeAll, describe, expect } from 'vitest';
import { flattenTensors, unflattenTensors } from './tensor-trees.js';
import { sampleArraysOf, takeRows } from './take-rows.js';

beforeAll(async () => {
  await tf.setBackend('cpu');
});

/** Trees of sample arrays of three rows: records, lists, and places where nothing is. */
const trees = fc.letrec((tie) => ({
  leaf: fc
    .array(fc.float({ noNaN: true, noDefaultInfinity: true }), { minLength: 3, maxLength: 3 })
    .map((values) => ({ shape: [3, 1], values: Float32Array.from(values) })),
  tree: fc.oneof(
    { maxDepth: 3 },
    tie('leaf'),
    fc.constant(undefined),
    fc.array(tie('tree'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom('a', 'b', 'c'), tie('tree'), { maxKeys: 3 }),
  ),
})).tree;

describe('trees of tensors', () => {
  test.prop([trees])('flattened and put together again they are the same', (tree) => {
    const batch = takeRows(tree, Int32Array.of(0, 1, 2));
    const flat = flattenTensors(batch);
    expect(Object.keys(flat).sort()).toEqual(Object.keys(sampleArraysOf(tree)).sort());
    const again = unflattenTensors(batch, flat);
    expect(again).toEqual(batch);
    for (const [path, { values }] of Object.entries(sampleArraysOf(tree)))
      expect(flat[path]!.dataSync()).toEqual(values);
    tf.dispose(flat);
  });

  test('paths name records and lists', () => {
    const x = tf.scalar(1);
    expect(Object.keys(flattenTensors({ modalities: [{ x }, { x, mask: undefined }] }))).toEqual([
      'modalities.0.x',
      'modalities.1.x',
    ]);
    x.dispose();
  });

  test('rows are taken in the order given, as often as given', () => {
    const x = { shape: [3, 2], values: Float32Array.of(0, 1, 2, 3, 4, 5) };
    const batch = takeRows([{ x }], Int32Array.of(2, 0, 2));
    expect([...batch[0]!.x.dataSync()]).toEqual([4, 5, 0, 1, 4, 5]);
    expect(batch[0]!.x.shape).toEqual([3, 2]);
    tf.dispose(flattenTensors(batch));
  });
});
