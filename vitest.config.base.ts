import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const here = (file: string) => fileURLToPath(new URL(file, import.meta.url));

/** One test recipe for every package: sources of sibling packages are used directly, so no build is needed. */
export default defineConfig({
  resolve: {
    conditions: ['@crossmodal/source'],
    alias: { '@fast-check/vitest': here('vitest.property.ts') },
  },
  ssr: {
    resolve: {
      conditions: ['@crossmodal/source', 'module', 'node', 'import', 'default'],
      externalConditions: ['@crossmodal/source'],
    },
  },
  test: {
    include: ['src/**/*.test.ts', 'tests/**/*.test.ts'],
    setupFiles: [here('vitest.setup.ts')],
    environment: 'node',
    pool: 'forks',
    maxWorkers: 1,
    testTimeout: 60_000,
    silent: 'passed-only',
    reporters: ['dot', 'json'],
    outputFile: { json: '.results/vitest.json' },
  },
});
