import { mergeConfig } from 'vitest/config';
import base from '../../vitest.config.base.ts';

/** Two packages are imported side by side, each in a process of its own. */
export default mergeConfig(base, {
  test: { include: ['*.test.ts'], maxConcurrency: 2, testTimeout: 600_000, hookTimeout: 600_000 },
});
