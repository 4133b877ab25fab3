import { randomSource } from '@crossmodal/core';
import { seededNormal, tf } from '@crossmodal/tensors';
import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import { exactSelfExpression, gramMatrix, SelfExpressiveLayer } from '../index.js';

test.prop([fc.integer({ min: 1, max: 10 }), fc.nat(1000)], { numRuns: 20 })(
  'no sample represents itself: its own row of the output ignores it (n, seed)',
  (n, seed) => {
    const before = tf.memory().numTensors;
    const layer = new SelfExpressiveLayer({ samples: n });
    tf.tidy(() => {
      layer.variable.assign(seededNormal([n, n], randomSource(seed)) as tf.Tensor2D);
      const z = seededNormal([n, 2, 3], randomSource(seed + 1));
      const output = layer.apply(z);
      expect(output.shape).toEqual([n, 2, 3]);
      const moved = tf.add(
        z,
        tf.tensor(
          Float32Array.from({ length: n }, (_, i) => (i === 0 ? 1 : 0)),
          [n, 1, 1],
        ),
      );
      const first = tf.slice(tf.sub(layer.apply(moved), output), [0, 0, 0], [1, 2, 3]);
      expect(tf.max(tf.abs(first)).dataSync()[0]).toBe(0);
    });
    layer.dispose();
    layer.dispose();
    expect(tf.memory().numTensors).toBe(before);
  },
);

test('every coefficient starts at 1e-4, or at what is asked for', () => {
  const layer = new SelfExpressiveLayer({ samples: 2 });
  const other = new SelfExpressiveLayer({ samples: 2, initialValue: 0.5 });
  expect([...layer.variable.dataSync()]).toEqual(new Array(4).fill(Math.fround(1e-4)));
  expect(tf.tidy(() => other.coefficients().arraySync())).toEqual([
    [0, 0.5],
    [0.5, 0],
  ]);
  layer.dispose();
  other.dispose();
});

test('trained by Adam on the papers objective it reaches the exact solution', () => {
  const n = 6;
  const ridge = 1;
  const z = seededNormal([n, 3], randomSource(5)) as tf.Tensor2D;
  const layer = new SelfExpressiveLayer({ samples: n });
  const optimiser = tf.train.adam(0.05);
  const loss = () => {
    const fit = tf.sum(tf.square(tf.sub(z, layer.apply(z))));
    return tf.add(fit, tf.mul(ridge, tf.sum(tf.square(layer.coefficients())))) as tf.Scalar;
  };
  for (let step = 0; step < 600; step++) optimiser.minimize(loss, false, [layer.variable]);
  const difference = tf.tidy(
    () =>
      tf
        .max(tf.abs(tf.sub(layer.coefficients(), exactSelfExpression(gramMatrix(z), { ridge }))))
        .dataSync()[0],
  );
  // Adam with a constant rate circles the minimiser at a small fraction of it.
  expect(difference).toBeLessThan(1e-3);
  optimiser.dispose();
  layer.dispose();
  z.dispose();
});
