import { mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Tarball } from './tarballs.js';
import { mustRun, run } from './run.js';

const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc');

/** Makes an empty project and installs one package there, with nothing but its own dependencies. */
export async function installAlone(
  folder: string,
  tarballs: ReadonlyMap<string, Tarball>,
  nodeTypes: string,
): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const dependencies = Object.fromEntries([...tarballs].map(([name, { path }]) => [name, `file:${path}`]));
  const manifest = {
    name: 'consumer',
    private: true,
    type: 'module',
    dependencies,
    devDependencies: { '@types/node': nodeTypes },
  };
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest));
  const quiet = [
    '--no-audit',
    '--no-fund',
    '--no-package-lock',
    '--ignore-scripts',
    '--prefer-offline',
    '--loglevel=error',
  ];
  await mustRun('npm', ['install', ...quiet], folder);
}

/** Names of the values that an entry point exports, imported by Node in the project. */
export async function importedNames(folder: string, specifier: string): Promise<readonly string[]> {
  const code = `import('${specifier}').then((api) => console.log(JSON.stringify(Object.keys(api))))`;
  const printed = await mustRun(process.execPath, ['--input-type=module', '-e', code], folder);
  return JSON.parse(printed.trim().split('\n').at(-1)!) as readonly string[];
}

/**
 * Errors of the type checker for a project that imports these names, its own file and our declarations checked in full.
 * Errors inside declarations of third parties are theirs.
 */
export async function typeErrors(
  folder: string,
  specifier: string,
  names: readonly string[],
): Promise<readonly string[]> {
  const compilerOptions = {
    target: 'es2022',
    lib: ['es2023'],
    types: ['node'],
    module: 'nodenext',
    moduleResolution: 'nodenext',
    strict: true,
    exactOptionalPropertyTypes: true,
    skipLibCheck: false,
    noEmit: true,
  };
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['consumer.ts'] }));
  const listed = names.filter((name) => name !== 'default').join(', ');
  writeFileSync(
    join(folder, 'consumer.ts'),
    `import { ${listed} } from '${specifier}';\nexport const used = [${listed}];\n`,
  );
  const { stdout } = await run(process.execPath, [tsc, '-p', '.', '--pretty', 'false'], folder);
  const errors = stdout.split('\n').filter((line) => /error TS\d+/.test(line));
  return errors.filter((line) => !/^node_modules\/(?!@crossmodal\/)/.test(line));
}
