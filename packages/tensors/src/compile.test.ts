import { expect, test } from 'vitest';
import { compile, tf } from './index.js';

test('where nothing compiles, outputs may be inputs and variables, which live on, and the same twice', async () => {
  await tf.setBackend('cpu');
  const variable = tf.variable(tf.scalar(3));
  const x = tf.tensor1d([1, 2]);
  const step = compile((inputs) => {
    const y = tf.add(inputs['x']!, variable);
    return { x: inputs['x']!, variable, y, again: y };
  });
  const before = tf.memory().numTensors;
  for (let run = 0; run < 2; run++) {
    const { x: same, variable: value, y, again } = await step.run({ x });
    expect([same, value, y, again].map((values) => [...values!])).toEqual([[1, 2], [3], [4, 5], [4, 5]]);
  }
  expect(tf.memory().numTensors).toBe(before);
  expect([...x.dataSync(), ...variable.dataSync()]).toEqual([1, 2, 3]);
  step.dispose();
  tf.dispose([x, variable]);
});
