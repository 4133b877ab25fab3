import { existsSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { publint } from 'publint';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { packageFolders, packageJson, root } from '../ci/packages.js';
import {
  checkTypes,
  importedNames,
  installTogether,
  isolate,
  makeConsumer,
  writeImports,
} from './consumer.js';
import { broughtBy } from './needed-by.js';
import { makeMethod, makeUser } from './own-method.js';
import { mustRun } from './run.js';
import { closure, packAll, type Tarball } from './tarballs.js';

const withoutTensorFlow = new Set(
  ['core', 'linalg', 'metrics', 'spectral', 'transforms', 'io', 'datasets', 'report'].map(
    (name) => `@crossmodal/${name}`,
  ),
);
const { devDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  devDependencies: Record<string, string>;
};
const names = packageFolders().map((folder) => packageJson(folder).name);

let work: string;
let installed: string;
let tarballs: ReadonlyMap<string, Tarball>;

beforeAll(async () => {
  // The checker names files by their real paths.
  work = mkdtempSync(join(realpathSync(tmpdir()), 'crossmodal-pack-'));
  installed = join(work, 'together');
  tarballs = await packAll(work);
  await installTogether(installed, tarballs, devDependencies['@types/node']!);
  isolate(work, installed, tarballs);
});
afterAll(() => rmSync(work, { recursive: true, force: true }));

/** Files that import an entry point of a package that stands alone, for the type checker; written by the tests before it. */
const importing: string[] = [];

describe('each package by itself', () => {
  test.concurrent.each(names)('%s', async (name) => {
    const { manifest, files } = tarballs.get(name)!;
    expect(files).toEqual(
      expect.arrayContaining(['LICENSE', 'README.md', 'dist/index.js', 'dist/index.d.ts']),
    );
    expect(files.filter((file) => /\.test(-d)?\.|tsbuildinfo/.test(file))).toEqual([]);
    const stale = files
      .filter((file) => file.startsWith('dist/') && file.endsWith('.d.ts'))
      .map((file) => file.replace(/^dist/, 'src').replace(/\.d\.ts$/, '.ts'));
    expect(files, 'a declaration whose source is gone').toEqual(expect.arrayContaining(stale));

    const brought = [...broughtBy(installed, name)];
    if (withoutTensorFlow.has(name))
      expect(brought.filter((other) => other.startsWith('@tensorflow/'))).toEqual([]);
    for (const [peer, { optional }] of Object.entries(manifest.peerDependenciesMeta ?? {})) {
      if (optional && !closure(name, tarballs).has(peer)) expect(brought).not.toContain(peer);
    }

    const project = makeConsumer(work, installed, name);
    for (const entry of Object.keys(manifest.exports).filter((path) => !path.endsWith('.json'))) {
      const specifier = join(name, entry);
      const values = await importedNames(project, specifier);
      expect(values.length, `${specifier} exports values`).toBeGreaterThan(0);
      importing.push(writeImports(project, specifier, values));
    }
    const module = join(project, 'node_modules', name);
    for (const [command, path] of Object.entries(manifest.bin ?? {})) {
      for (const bin of [join(module, path), join(installed, 'node_modules/.bin', command)])
        expect(await mustRun(bin, ['--help'], project)).toContain(command);
    }
    const { messages } = await publint({ pkgDir: module, strict: true });
    expect(messages).toEqual([]);
  });

  test('exact brings no package of networks', () => {
    const networks = ['alignment', 'encoders', 'fusion', 'losses', 'subspace', 'training'];
    const brought = [...broughtBy(installed, '@crossmodal/exact')];
    expect(brought).toContain('@crossmodal/self-expressive');
    expect(brought.filter((name) => networks.includes(name.replace('@crossmodal/', '')))).toEqual([]);
  });

  test('a project of create-method: built, its contract kept, and run by the command', async () => {
    const project = await makeMethod(installed, 'own-method');
    const lines = readFileSync(join(project, 'src/index.ts'), 'utf8').split('\n');
    expect(lines.filter((line) => line.trim() !== '').length).toBeLessThanOrEqual(80);
    const vitest = join(project, 'node_modules/vitest/vitest.mjs');
    const { numPassedTests, numFailedTests } = JSON.parse(
      await mustRun(process.execPath, [vitest, 'run', '--reporter=json'], project),
    ) as Record<string, number>;
    expect(numFailedTests).toBe(0);
    expect(numPassedTests).toBeGreaterThan(10);

    const user = makeUser(installed, project, 'own-method');
    const command = join(installed, 'node_modules/.bin/crossmodal');
    const fit = ['--method', 'own-method', '--clusters', '3', '--out', 'results'];
    await mustRun(command, ['cluster', ...fit, '--modality', 'first.csv', '--modality', 'second.csv'], user);
    const [header, ...labels] = readFileSync(join(user, 'results/labels.csv'), 'utf8').trim().split('\n');
    expect(header).toMatch(/label|cluster/);
    expect(labels).toHaveLength(60);
    const found = labels.map((line) => line.split(',').at(-1)!);
    expect(found.every((label, i) => label === found[i % 3])).toBe(true);
    expect(new Set(found).size).toBe(3);
    const code = `import { loadModel } from '@crossmodal/cli';
      const model = await loadModel('results');
      console.log(model.method + ' ' + model.labels.length);`;
    const loaded = await mustRun(process.execPath, ['--input-type=module', '-e', code], user);
    expect(loaded.trim().split('\n').at(-1)).toBe('own-method 60');
  });

  test('types', async () => {
    expect(importing.length).toBeGreaterThanOrEqual(names.length);
    const wrong = join(work, 'projects', '@crossmodal/core', 'wrong.ts');
    writeFileSync(wrong, "import { notThere } from '@crossmodal/core';\nexport { notThere };\n");
    const checks = [...(await checkTypes([...importing, wrong], work))];
    expect(checks.pop()!.errors.join()).toMatch(/wrong\.ts: .*notThere/);
    for (const [i, { checked, errors }] of checks.entries()) {
      expect(checked, importing[i]).toBeGreaterThan(1);
      expect(errors, importing[i]).toEqual([]);
    }
  });

  test('one that imports what it does not name would fail', async () => {
    const project = join(work, 'projects', '@crossmodal/metrics');
    expect(existsSync(join(installed, 'node_modules/zod'))).toBe(true);
    const reach = `createRequire(import.meta.resolve('@crossmodal/metrics')).resolve('zod')`;
    const code = `import { createRequire } from 'node:module';\n${reach}`;
    await expect(mustRun(process.execPath, ['--input-type=module', '-e', code], project)).rejects.toThrow(
      /Cannot find module 'zod'/,
    );
  });
});
