import { mergeConfig } from 'vitest/config';
import base from '../../vitest.config.base.ts';

// Recipes train networks, beside whatever else the machine does.
export default mergeConfig(base, {
  test: { include: ['*.test.ts'], hookTimeout: 120_000, testTimeout: 240_000 },
});
