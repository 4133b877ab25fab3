import { readFileSync } from 'node:fs';
import { defineConfig, type Options } from 'tsup';

/** One bundle recipe for every package, of the given entries; types come from `tsc -b`, into the same folder. */
export const recipe = (entry: string[]) =>
  defineConfig({
    entry,
    format: ['esm'],
    target: 'node20',
    platform: 'node',
    // What differs between Node and browsers is chosen by whoever imports the package.
    external: [/^#/],
    sourcemap: true,
    splitting: false,
    clean: false,
  });

export default defineConfig(() => recipe(entries()) as Options);

/** The main entry, further ones, and both sides of what differs between Node and browsers, as the package.json here names them. */
function entries(): string[] {
  const { exports = {}, imports = {} } = JSON.parse(readFileSync('package.json', 'utf8')) as {
    readonly exports?: object;
    readonly imports?: object;
  };
  const further = Object.keys(exports)
    .filter((path) => path !== '.' && path !== './package.json')
    .map((path) => `src/${path.slice(2)}/index.ts`);
  const sides = Object.keys(imports).flatMap((path) =>
    ['node', 'browser'].map((side) => `src/${path.slice(1)}/${side}.ts`),
  );
  return ['src/index.ts', ...further, ...sides];
}
