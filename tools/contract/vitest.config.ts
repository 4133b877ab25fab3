import { mergeConfig } from 'vitest/config';
import base from '../../vitest.config.base.ts';

export default mergeConfig(base, {
  // Three whole fits of a deep method in one test, on processors that others use too.
  test: { include: ['*.test.ts', 'recombinations/*.test.ts'], testTimeout: 240_000 },
});
