import { strict as assert } from 'node:assert';
import { tf } from '@crossmodal/tensors';

/** What a test runner has to run things around tests. */
export interface TestHooks {
  beforeAll(run: () => Promise<void>): unknown;
  beforeEach(run: () => void): unknown;
  afterEach(run: () => void): unknown;
}

/**
 * Runs every test of a file on the cpu backend, and fails those that leave tensors behind.
 *
 * @param hooks - those of the test runner
 * @example
 * ```ts no-run
 * import { afterEach, beforeAll, beforeEach } from 'vitest';
 * onCpuWithoutLeaks({ beforeAll, beforeEach, afterEach });
 * ```
 */
export function onCpuWithoutLeaks({ beforeAll, beforeEach, afterEach }: TestHooks): void {
  let tensors = 0;
  beforeAll(async () => {
    await tf.setBackend('cpu');
  });
  beforeEach(() => {
    tensors = tf.memory().numTensors;
  });
  afterEach(() => {
    assert.equal(tf.memory().numTensors, tensors, 'tensors that a test left behind');
  });
}
