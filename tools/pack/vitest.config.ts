import { mergeConfig } from 'vitest/config';
import base from '../../vitest.config.base.ts';

/** Two projects are installed side by side: installing waits on the disk as much as on the processor. */
export default mergeConfig(base, {
  test: { include: ['*.test.ts'], maxConcurrency: 2, testTimeout: 600_000, hookTimeout: 600_000 },
});
