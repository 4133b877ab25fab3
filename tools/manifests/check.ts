import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { format } from 'prettier';
import { layers } from '../ci/layers.js';
import {
  canonicalManifest,
  furtherEntries,
  sides,
  type Dependencies,
  type Manifest,
  type Workspace,
} from './manifest.js';
import { canonicalTsconfig } from './tsconfig.js';

/** One thing wrong in a package, with the file's right text where the tool knows it. */
export interface Problem {
  readonly file: string;
  readonly message: string;
  readonly fixed?: string;
}

interface Package {
  readonly folder: string;
  readonly manifest: Manifest;
}

/**
 * Checks every package of a workspace: package.json and tsconfig.json of one shape, exact pins that agree across packages,
 * one layer tag each, the recipe's other files present.
 */
export async function checkPackages(root: string, folders: readonly string[]): Promise<readonly Problem[]> {
  const workspace = read(join(root, 'package.json')) as Workspace & {
    readonly devDependencies: Dependencies;
  };
  const packages = folders.map((folder) => ({
    folder,
    manifest: read(join(root, folder, 'package.json')) as Manifest,
  }));
  const byName = new Map(packages.map(({ folder, manifest }) => [manifest.name, folder]));
  const problems: Problem[] = [];

  const compare = async (file: string, expected: unknown, parser: string) => {
    const fixed = await format(JSON.stringify(expected, null, 2), { parser, printWidth: 110 });
    const actual = existsSync(join(root, file)) ? readFileSync(join(root, file), 'utf8') : '';
    if (actual !== fixed)
      problems.push({
        file,
        message: `differs from the one shape: ${firstDifference(actual, fixed)}`,
        fixed,
      });
  };

  for (const { folder, manifest } of packages) {
    const file = `${folder}/package.json`;
    await compare(file, canonicalManifest(manifest, workspace), 'json-stringify');
    await compare(`${folder}/tsconfig.json`, canonicalTsconfig(folder, manifest, byName), 'json');
    problems.push(...layerProblems(file, manifest), ...pinProblems(file, manifest, byName));
    const license = readFileSync(join(root, 'LICENSE'), 'utf8');
    const own = join(root, folder, 'LICENSE');
    if (!existsSync(own) || readFileSync(own, 'utf8') !== license) {
      problems.push({
        file: `${folder}/LICENSE`,
        message: 'is not the LICENSE of the workspace',
        fixed: license,
      });
    }
    const indexes = furtherEntries(manifest).map((name) => `src/${name}/index.ts`);
    const both = sides(manifest).flatMap((name) => [`src/${name}/node.ts`, `src/${name}/browser.ts`]);
    for (const needed of [
      'README.md',
      'tsup.config.ts',
      'vitest.config.ts',
      'src/index.ts',
      ...indexes,
      ...both,
    ]) {
      if (!existsSync(join(root, folder, needed)))
        problems.push({ file: `${folder}/${needed}`, message: 'is missing' });
    }
  }
  problems.push(...versionProblems(packages, workspace.devDependencies));
  const references = [...folders].sort().map((path) => ({ path }));
  await compare('tsconfig.json', { files: [], references }, 'json');
  return problems;
}

function layerProblems(file: string, manifest: Manifest): Problem[] {
  const known = layers.map(({ sourceTag }) => sourceTag);
  const tags = (manifest.nx?.tags ?? []).filter((tag) => tag.startsWith('layer:'));
  if (tags.length === 1 && known.includes(tags[0]!)) return [];
  return [
    { file, message: `needs exactly one tag of ${known.join(', ')}; it has ${tags.join(', ') || 'none'}` },
  ];
}

function pinProblems(file: string, manifest: Manifest, folders: ReadonlyMap<string, string>): Problem[] {
  const problems: Problem[] = [];
  for (const [name, version] of allDependencies(manifest)) {
    if (!/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))
      problems.push({ file, message: `${name} is not pinned: ${version}` });
    if (name.startsWith('@crossmodal/') && !folders.has(name))
      problems.push({ file, message: `${name} is no package here` });
  }
  for (const name of Object.keys(manifest.devDependencies ?? {})) {
    if (name !== '@crossmodal/testing')
      problems.push({ file, message: `${name}: tools belong to the root package.json` });
  }
  return problems;
}

function versionProblems(packages: readonly Package[], root: Dependencies): Problem[] {
  const seen = new Map(
    Object.entries(root).map(([name, version]) => [name, { version, file: 'package.json' }]),
  );
  const problems: Problem[] = [];
  for (const { folder, manifest } of packages) {
    const file = `${folder}/package.json`;
    for (const [name, version] of allDependencies(manifest)) {
      const first = seen.get(name);
      if (first === undefined) seen.set(name, { version, file });
      else if (first.version !== version) {
        problems.push({ file, message: `${name} is ${version} here and ${first.version} in ${first.file}` });
      }
    }
  }
  return problems;
}

function allDependencies(manifest: Manifest): readonly (readonly [string, string])[] {
  const { dependencies, devDependencies, peerDependencies } = manifest;
  return [dependencies, devDependencies, peerDependencies].flatMap((record) => Object.entries(record ?? {}));
}

function firstDifference(actual: string, expected: string): string {
  const left = actual.split('\n');
  const right = expected.split('\n');
  const at = right.findIndex((line, i) => line !== left[i]);
  if (at < 0) return `line ${right.length + 1} is one too many`;
  return `line ${at + 1} is '${left[at]?.trim() ?? ''}', should be '${right[at]!.trim()}'`;
}

function read(path: string): unknown {
  return JSON.parse(readFileSync(path, 'utf8'));
}
