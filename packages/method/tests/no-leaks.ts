import { tf } from '@crossmodal/tensors';
import { afterEach, beforeAll, beforeEach, expect } from 'vitest';

/** Runs every test of a file on the cpu backend, and fails those that leave tensors behind. */
export function onCpuWithoutLeaks(): void {
  let tensors = 0;
  beforeAll(async () => {
    await tf.setBackend('cpu');
  });
  beforeEach(() => {
    tensors = tf.memory().numTensors;
  });
  afterEach(() => {
    expect(tf.memory().numTensors).toBe(tensors);
  });
}
