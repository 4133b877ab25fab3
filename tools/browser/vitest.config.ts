import { mergeConfig } from 'vitest/config';
import base from '../../vitest.config.base.ts';

export default mergeConfig(base, {
  test: { include: ['*.test.ts'], testTimeout: 300_000, hookTimeout: 300_000 },
});
