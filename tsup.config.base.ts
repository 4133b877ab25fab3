import { defineConfig } from 'tsup';

/** One bundle recipe for every package; types come from `tsc -b`, into the same folder. */
export default defineConfig({
  entry: ['src/index.ts'],
  format: ['esm'],
  target: 'node20',
  platform: 'node',
  sourcemap: true,
  splitting: false,
  clean: false,
});
