import assert from 'node:assert/strict';
import { tf } from '@crossmodal/tensors';

/**
 * Checks that a call leaves as many tensors alive as there were.
 *
 * @throws AssertionError when tensors leaked, or some that it did not make are gone.
 */
export async function keepsTensors<T>(call: () => T | Promise<T>): Promise<T> {
  const before = tf.memory().numTensors;
  const result = await call();
  assert.equal(tf.memory().numTensors, before, 'tensors alive after the call, against before');
  return result;
}
