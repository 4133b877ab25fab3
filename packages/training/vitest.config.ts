import { mergeConfig } from 'vitest/config';
import base from '../../vitest.config.base.ts';

/** One module registry for all files: TensorFlow.js takes longer to load than the tests to run, and each file sets its backend. */
export default mergeConfig(base, { test: { isolate: false } });
