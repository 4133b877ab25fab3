import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { packageFolders, root } from '../ci/packages.js';
import { checkPackages } from './check.js';
import type { Manifest } from './manifest.js';

let workspace: string;

function write(file: string, text: string): void {
  mkdirSync(dirname(join(workspace, file)), { recursive: true });
  writeFileSync(join(workspace, file), text);
}

const workspaceManifest = {
  version: '1.2.3',
  license: 'MIT',
  engines: { node: '>=20' },
  devDependencies: { 'fast-check': '4.0.0' },
};
const folders = ['packages/core', 'packages/metrics'];
const core: Manifest = {
  name: '@crossmodal/core',
  version: '1.2.3',
  description: 'Types.',
  nx: { tags: ['layer:core'] },
};
const metrics: Manifest = {
  name: '@crossmodal/metrics',
  version: '1.2.3',
  description: 'Metrics.',
  dependencies: { '@crossmodal/core': '1.2.3' },
  nx: { tags: ['layer:metrics'] },
};

/** Writes two packages of the right shape. */
async function writeGood(): Promise<void> {
  write('package.json', JSON.stringify(workspaceManifest));
  write('LICENSE', 'Free.\n');
  for (const [folder, manifest] of [
    ['packages/core', core],
    ['packages/metrics', metrics],
  ] as const) {
    write(`${folder}/package.json`, JSON.stringify(manifest));
    for (const file of ['README.md', 'tsup.config.ts', 'vitest.config.ts', 'src/index.ts'])
      write(`${folder}/${file}`, '');
  }
  for (const { file, fixed } of await checkPackages(workspace, folders)) write(file, fixed!);
}

async function changed(
  file: string,
  change: (json: Record<string, unknown>) => void,
): Promise<readonly string[]> {
  const json = JSON.parse(readFileSync(join(workspace, file), 'utf8')) as Record<string, unknown>;
  change(json);
  write(file, `${JSON.stringify(json, null, 2)}\n`);
  return (await checkPackages(workspace, folders)).map((problem) => `${problem.file}: ${problem.message}`);
}

beforeEach(async () => {
  workspace = mkdtempSync(join(tmpdir(), 'crossmodal-manifests-'));
  await writeGood();
});
afterEach(() => rmSync(workspace, { recursive: true }));

test('what the fix writes is right', async () => {
  expect(await checkPackages(workspace, folders)).toEqual([]);
});

test.each<[string, (json: Record<string, unknown>) => void, RegExp]>([
  ['a field too many', (json) => (json['author'] = 'x'), /one shape/],
  ['another version', (json) => (json['version'] = '9.9.9'), /one shape/],
  ['another entry point', (json) => (json['exports'] = { '.': './src/index.ts' }), /one shape/],
  ['another Node version', (json) => (json['engines'] = { node: '>=22' }), /one shape/],
  ['a range instead of a pin', (json) => (json['dependencies'] = { zod: '^4.0.0' }), /zod is not pinned/],
  [
    'a workspace package at another version',
    (json) => (json['dependencies'] = { '@crossmodal/core': '1.0.0' }),
    /one shape/,
  ],
  [
    'a workspace package that is not there',
    (json) => (json['dependencies'] = { '@crossmodal/none': '1.2.3' }),
    /no package here/,
  ],
  [
    'a version that differs from the root',
    (json) => (json['dependencies'] = { 'fast-check': '3.0.0' }),
    /4\.0\.0 in package\.json/,
  ],
  ['a tool of its own', (json) => (json['devDependencies'] = { vitest: '4.1.12' }), /root package\.json/],
  ['no layer', (json) => (json['nx'] = { tags: [] }), /exactly one tag/],
  ['two layers', (json) => (json['nx'] = { tags: ['layer:core', 'layer:metrics'] }), /exactly one tag/],
  ['an unknown layer', (json) => (json['nx'] = { tags: ['layer:attic'] }), /exactly one tag/],
])('package.json with %s is refused', async (_what, change, message) => {
  const problems = await changed('packages/metrics/package.json', change);
  expect(problems.filter((problem) => problem.startsWith('packages/metrics/')).join('\n')).toMatch(message);
});

test('tsconfig references follow the dependencies', async () => {
  const problems = await changed('packages/metrics/tsconfig.json', (json) => (json['references'] = []));
  expect(problems.join('\n')).toMatch(/packages\/metrics\/tsconfig\.json: differs/);
});

test('a missing file of the recipe is named', async () => {
  rmSync(join(workspace, 'packages/core/README.md'));
  rmSync(join(workspace, 'packages/core/LICENSE'));
  const files = (await checkPackages(workspace, folders)).map(({ file }) => file);
  expect(files).toEqual(['packages/core/LICENSE', 'packages/core/README.md']);
});

test('a further entry point is a folder with an index', async () => {
  const withParts = (json: Record<string, unknown>) => (json['exports'] = { './parts': {} });
  const problems = await changed('packages/core/package.json', withParts);
  expect(problems).toContain('packages/core/src/parts/index.ts: is missing');

  write('packages/core/src/parts/index.ts', '');
  for (const { file, fixed } of await checkPackages(workspace, folders)) write(file, fixed!);
  expect(await checkPackages(workspace, folders)).toEqual([]);
  const { exports } = JSON.parse(
    readFileSync(join(workspace, 'packages/core/package.json'), 'utf8'),
  ) as Manifest;
  expect(Object.keys(exports!)).toEqual(['.', './parts', './package.json']);
  expect(exports!['./parts']).toEqual({
    '@crossmodal/source': './src/parts/index.ts',
    types: './dist/parts/index.d.ts',
    default: './dist/parts/index.js',
  });
});

test('packages here are found, models too', () => {
  expect(packageFolders()).toEqual(expect.arrayContaining(['packages/core', 'packages/models/exact']));
  expect(root).toBe(join(import.meta.dirname, '../..'));
});
