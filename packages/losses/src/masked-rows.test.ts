import { tf } from '@crossmodal/tensors';
import { fc, test } from '@fast-check/vitest';
import { beforeAll, expect } from 'vitest';
import { maskedRows } from './masked-rows.js';

beforeAll(async () => {
  await tf.setBackend('cpu');
});

test.prop([fc.array(fc.boolean(), { minLength: 1, maxLength: 6 }), fc.constantFrom([3], [2, 2, 1])])(
  'masked rows are zero, the others stay (presence, shape)',
  (present, shape) => {
    const width = shape.reduce<number>((product, size) => product * size, 1);
    const values = Float32Array.from({ length: present.length * width }, (_, p) => p + 1);
    const kept = tf.tidy(() => {
      const x = tf.tensor(values.slice(), [present.length, ...shape]);
      const mask = tf.tensor(Float32Array.from(present, Number), [present.length, 1]);
      expect(maskedRows(x, undefined)).toBe(x);
      return maskedRows(x, mask).dataSync();
    });
    expect([...kept]).toEqual([...values].map((value, p) => (present[Math.floor(p / width)] ? value : 0)));
  },
);
