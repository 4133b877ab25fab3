/**
 * Bundles every package and the demo, each as `npx tsup` in its own folder does; in one process, because loading the bundler
 * takes longer than bundling.
 */
import { existsSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { build } from 'tsup';

const root = resolve(import.meta.dirname, '../..');

for (const parent of ['packages', 'packages/models', 'tools']) {
  for (const name of readdirSync(join(root, parent))) {
    const folder = join(root, parent, name);
    if (!existsSync(join(folder, 'tsup.config.ts'))) continue;
    process.chdir(folder);
    await build({
      silent: true,
      // The bundler's own process stays in the folder where it started.
      esbuildOptions: (options) => {
        options.absWorkingDir = folder;
      },
    });
  }
}
