import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { publint } from 'publint';
import { afterAll, beforeAll, describe, test } from 'vitest';
import { packageFolders, packageJson, root } from '../ci/packages.js';
import { checkTypes, importedNames, installAlone } from './consumer.js';
import { mustRun } from './run.js';
import { closure, packAll, type Tarball } from './tarballs.js';

const withoutTensorFlow = new Set(
  ['core', 'metrics', 'spectral', 'data', 'report'].map((name) => `@crossmodal/${name}`),
);
const { devDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  devDependencies: Record<string, string>;
};

let work: string;
let tarballs: ReadonlyMap<string, Tarball>;

beforeAll(async () => {
  work = mkdtempSync(join(tmpdir(), 'crossmodal-pack-'));
  tarballs = await packAll(work);
});
afterAll(() => rmSync(work, { recursive: true, force: true }));

describe.concurrent('each package by itself', () => {
  test.each(packageFolders().map((folder) => packageJson(folder).name))('%s', async (name) => {
    const { expect } = await import('vitest');
    const { manifest, files } = tarballs.get(name)!;
    expect(files).toEqual(
      expect.arrayContaining(['LICENSE', 'README.md', 'dist/index.js', 'dist/index.d.ts']),
    );
    expect(files.filter((file) => /\.test(-d)?\.|tsbuildinfo/.test(file))).toEqual([]);
    const stale = files
      .filter((file) => file.endsWith('.d.ts'))
      .map((file) => file.replace(/^dist/, 'src').replace(/\.d\.ts$/, '.ts'));
    expect(files, 'a declaration whose source is gone').toEqual(expect.arrayContaining(stale));

    const project = join(work, name.replace('@crossmodal/', ''));
    await installAlone(project, closure(name, tarballs), devDependencies['@types/node']!);
    const installed = join(project, 'node_modules', name);
    if (withoutTensorFlow.has(name))
      expect(existsSync(join(project, 'node_modules/@tensorflow'))).toBe(false);
    for (const [peer, { optional }] of Object.entries(manifest.peerDependenciesMeta ?? {})) {
      if (optional && !closure(name, tarballs).has(peer))
        expect(existsSync(join(project, 'node_modules', peer)), peer).toBe(false);
    }

    for (const entry of Object.keys(manifest.exports).filter((path) => !path.endsWith('.json'))) {
      const specifier = join(name, entry);
      const names = await importedNames(project, specifier);
      expect(names.length, `${specifier} exports values`).toBeGreaterThan(0);
      const { checked, errors } = await checkTypes(project, specifier, names);
      expect(checked).toBeGreaterThan(1);
      expect(errors).toEqual([]);
    }
    for (const command of Object.keys(manifest.bin ?? {})) {
      expect(await mustRun(join(project, 'node_modules/.bin', command), ['--help'], project)).toContain(
        command,
      );
    }
    const { messages } = await publint({ pkgDir: installed, strict: true });
    expect(messages).toEqual([]);
    rmSync(project, { recursive: true });
  });
});
