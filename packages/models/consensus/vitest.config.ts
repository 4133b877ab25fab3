import { mergeConfig } from 'vitest/config';
import base from '../../../vitest.config.base.ts';

/** One module registry for all files: TensorFlow.js takes longer to load than most tests to run. */
export default mergeConfig(base, { test: { isolate: false } });
