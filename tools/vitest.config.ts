import { mergeConfig } from 'vitest/config';
import base from '../vitest.config.base.ts';

export default mergeConfig(base, {
  test: { include: ['ci/*.test.ts', 'manifests/*.test.ts', 'generators/*.test.ts', 'benchmarks/*.test.ts'] },
});
