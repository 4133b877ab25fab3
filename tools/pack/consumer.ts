import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Tarball } from './tarballs.js';
import { mustRun } from './run.js';

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

/** What the type checker says of a project that imports these names. */
export interface TypeCheck {
  /** Files checked: the project's own, and our declarations that it reaches. */
  readonly checked: number;
  readonly errors: readonly string[];
}

/** Checks the types of a project that imports these names: its own file and our declarations in full. */
export async function checkTypes(
  folder: string,
  specifier: string,
  names: readonly string[],
): Promise<TypeCheck> {
  const listed = names.filter((name) => name !== 'default').join(', ');
  const text = `import { ${listed} } from '${specifier}';\nexport const used = [${listed}];\n`;
  writeFileSync(join(folder, 'consumer.ts'), text);
  const script = join(import.meta.dirname, 'type-errors.mjs');
  return JSON.parse(await mustRun(process.execPath, [script, folder], folder)) as TypeCheck;
}
