import { cpSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { mustRun } from './run.js';
import { neededBy } from './needed-by.js';
import type { Tarball } from './tarballs.js';

/** Installs all packages as npm does, in an empty project. */
export async function installTogether(
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

/** Where a package stands alone: beside it are the packages that its package.json names, and nothing else. */
const standing = (work: string, name: string) => join(work, 'alone', name, 'node_modules', name);

/**
 * Copies every installed package to a place where it finds exactly what its own package.json names, optional peers left out. npm's one
 * folder for all would let a package import what only another one names.
 */
export function isolate(work: string, installed: string, tarballs: ReadonlyMap<string, Tarball>): void {
  for (const [name, { manifest }] of tarballs) {
    const place = standing(work, name);
    cpSync(join(installed, 'node_modules', name), place, { recursive: true });
    for (const needed of neededBy(manifest)) {
      const target = tarballs.has(needed) ? standing(work, needed) : join(installed, 'node_modules', needed);
      link(target, join(work, 'alone', name, 'node_modules', needed));
    }
  }
}

/** Makes a project that depends on one package and nothing else. */
export function makeConsumer(work: string, installed: string, name: string): string {
  const project = join(work, 'projects', name);
  link(standing(work, name), join(project, 'node_modules', name));
  link(join(installed, 'node_modules/@types/node'), join(project, 'node_modules/@types/node'));
  writeFileSync(join(project, 'package.json'), JSON.stringify({ name: 'consumer', type: 'module' }));
  return project;
}

function link(target: string, path: string): void {
  mkdirSync(dirname(path), { recursive: true });
  symlinkSync(target, path, 'junction');
}

/** Names of the values that an entry point exports, imported by Node in the project. */
export async function importedNames(folder: string, specifier: string): Promise<readonly string[]> {
  const code = `import('${specifier}').then((api) => console.log(JSON.stringify(Object.keys(api))))`;
  const printed = await mustRun(process.execPath, ['--input-type=module', '-e', code], folder);
  return JSON.parse(printed.trim().split('\n').at(-1)!) as readonly string[];
}

/** A project's file that imports these names of an entry point, for the type checker. */
export function writeImports(folder: string, specifier: string, names: readonly string[]): string {
  const listed = names.filter((name) => name !== 'default').join(', ');
  const path = join(folder, `${specifier.replaceAll(/\W+/g, '-')}.ts`);
  writeFileSync(path, `import { ${listed} } from '${specifier}';\nexport const used = [${listed}];\n`);
  return path;
}

/** What the type checker says of a file that imports a package. */
export interface TypeCheck {
  /** Files checked: the one given, and our declarations that it reaches. */
  readonly checked: number;
  readonly errors: readonly string[];
}

/** Checks the types of each file and of our declarations behind it, in full; in one process, which reads what they share once. */
export async function checkTypes(files: readonly string[], folder: string): Promise<readonly TypeCheck[]> {
  const script = join(import.meta.dirname, 'type-errors.mjs');
  return JSON.parse(await mustRun(process.execPath, [script, ...files], folder)) as TypeCheck[];
}
