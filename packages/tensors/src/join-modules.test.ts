import { expect, test } from 'vitest';
import { checkCount, joinModules, tf, type Module } from './index.js';

function part(trainable: readonly number[], others: readonly number[]): Module {
  const [moving, still] = [trainable, others].map((values) =>
    values.map((value) => tf.tidy(() => tf.variable(tf.scalar(value)))),
  );
  return {
    trainable: moving!,
    // Deliberately mixed: what is trained need not stand first in a part.
    variables: [...still!, ...moving!],
    dispose() {
      for (const variable of [...moving!, ...still!]) if (!variable.isDisposed) variable.dispose();
    },
  };
}

test('trainable variables of all parts come first, then the others, in the order of the parts', async () => {
  await tf.setBackend('cpu');
  const before = tf.memory().numTensors;
  const values = (variables: readonly tf.Variable[]) => variables.map((variable) => variable.dataSync()[0]);
  const joined = joinModules([part([1, 2], [10]), part([], [11]), part([3], [12, 13])]);
  expect(values(joined.trainable)).toEqual([1, 2, 3]);
  expect(values(joined.variables)).toEqual([1, 2, 3, 10, 11, 12, 13]);
  const outer = joinModules([joined, part([4], [14])]);
  expect(values(outer.variables)).toEqual([1, 2, 3, 4, 10, 11, 12, 13, 14]);
  outer.dispose();
  outer.dispose();
  expect(tf.memory().numTensors).toBe(before);
});

test('no part at all has no variables', () => {
  expect(joinModules([]).variables).toEqual([]);
});

test('another number than expected is refused by name', () => {
  expect(() => checkCount('here', 'latents', 2, 2)).not.toThrow();
  expect(() => checkCount('here', 'latents', 2, 3)).toThrow(
    expect.objectContaining({ code: 'shape', where: 'here', expected: '2 latents', received: '3' }),
  );
});
