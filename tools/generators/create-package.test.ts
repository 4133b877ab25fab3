import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { packageFolders, root } from '../ci/packages.js';
import { checkPackages } from '../manifests/check.js';
import { createPackage } from './create-package.js';

let workspace: string;

beforeEach(async () => {
  workspace = mkdtempSync(join(tmpdir(), 'crossmodal-new-package-'));
  for (const file of ['package.json', 'LICENSE', 'tsconfig.json'])
    cpSync(join(root, file), join(workspace, file));
  mkdirSync(join(workspace, 'packages/models'), { recursive: true });
  await createPackage(workspace, 'core', 'core');
});
afterEach(() => rmSync(workspace, { recursive: true }));

test.each([
  ['alignment', 'piece', 'packages/alignment', '../../'],
  ['my-model', 'model', 'packages/models/my-model', '../../../'],
  ['my-ensemble', 'ensemble', 'packages/models/my-ensemble', '../../../'],
])('%s of layer %s has the shape of every package', async (name, layer, folder, up) => {
  expect(await createPackage(workspace, name, layer)).toBe(folder);
  expect(packageFolders(workspace)).toContain(folder);
  expect(await checkPackages(workspace, packageFolders(workspace))).toEqual([]);
  expect(readFileSync(join(workspace, folder, 'tsup.config.ts'), 'utf8')).toContain(
    `'${up}tsup.config.base.ts'`,
  );
});

test.each([
  ['My_Model', 'model', /kebab/],
  ['my-model', 'attic', /no layer/],
])('%s of layer %s is refused', async (name, layer, message) => {
  await expect(createPackage(workspace, name, layer)).rejects.toThrow(message);
});

test('a name that is taken is refused', async () => {
  await createPackage(workspace, 'alignment', 'piece');
  await expect(createPackage(workspace, 'alignment', 'piece')).rejects.toThrow('there already');
});
