import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import generatePackage from '../generators/package-generator.mjs';
import { packageFolders, packageJson, root } from './packages.js';

/** What `nx show` prints, as JSON, run as a person would and not as a task of Nx itself. */
function shown<T>(...args: readonly string[]): T {
  const outer = Object.entries(process.env).filter(([name]) => !name.startsWith('NX_'));
  const env = { ...Object.fromEntries(outer), NX_DAEMON: 'false', NX_NO_CLOUD: 'true' };
  const nx = join(root, 'node_modules/nx/dist/bin/nx.js');
  return JSON.parse(
    execFileSync(process.execPath, [nx, 'show', ...args, '--json'], { cwd: root, env, encoding: 'utf8' }),
  ) as T;
}

test.each(['build', 'lint', 'test', 'types'])(
  'every package has the target %s',
  (target) => {
    const projects = shown<string[]>('projects', '--with-target', target);
    expect(projects).toEqual(
      expect.arrayContaining(packageFolders().map((folder) => packageJson(folder).name)),
    );
  },
  60_000,
);

test('a change concerns a package and what depends on it, nothing else', () => {
  const affected = shown<string[]>(
    'projects',
    '--affected',
    '--files=packages/metrics/src/set-matching/accuracy.ts',
    '--with-target=test',
  );
  expect(affected).toEqual(
    expect.arrayContaining(['@crossmodal/metrics', '@crossmodal/report', '@crossmodal/cli']),
  );
  for (const other of ['core', 'linalg', 'transforms', 'tensors'])
    expect(affected).not.toContain(`@crossmodal/${other}`);
}, 60_000);

test('the generator of packages makes nothing before Nx says so, and refuses what new-package refuses', () => {
  const make = generatePackage({ root }, { name: 'Not_Kebab', layer: 'piece' });
  expect(make).toThrow(/kebab case/);
  generatePackage({ root }, { name: 'never-made', layer: 'piece' });
  expect(existsSync(join(root, 'packages/never-made'))).toBe(false);
});
