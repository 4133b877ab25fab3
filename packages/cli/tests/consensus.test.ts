import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DivergedError, type FittedClusterer } from '@crossmodal/core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findMethod } from '../src/methods/find-method.js';
import { loadModel } from '../src/methods/load-model.js';
import { memberMethods } from '../src/methods/member-methods.js';
import type { ClusterResult } from '../src/result.js';
import { inspectMembers, membersOf } from '../src/runs/members-of.js';
import { command, OBJECTS, writeFixture } from './fixture.js';

let folder: string;
let base: string[];
beforeAll(async () => {
  folder = await writeFixture();
  base = ['cluster', '--method', 'consensus', '--clusters', '3', '--backend', 'cpu'];
  base.push('--modality', join(folder, 'a.npy'), '--modality', `${join(folder, 'b.npy')},scale=standard`);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const short = JSON.stringify([
  'exact:2',
  { method: 'dmim', options: { overclusteringSteps: 4, steps: 4, refreshEvery: 2 } },
]);

test('members are set, and a person sees what each counts (seed 0)', async () => {
  const { code, stdout, stderr } = await command([
    ...base,
    '--set',
    `members=${short}`,
    '--labels',
    join(folder, 'y.csv:class'),
  ]);
  expect(code).toBe(0);
  expect(stdout).toMatch(/^member +agreement +weight$/m);
  for (const name of ['exact 1', 'exact 2', 'dmim'])
    expect(stdout).toMatch(new RegExp(`^${name} +\\d\\.\\d{3} +\\d\\.\\d{3}$`, 'm'));
  expect(stderr).toMatch(/dmim, /);
});

test('the result, the report and the model have the members (seed 0)', async () => {
  const out = join(folder, 'out');
  const { code, stdout } = await command([
    ...base,
    '--set',
    'members=exact,dmsc:1',
    '--set',
    'reclusterings=1',
    '--json',
    '--out',
    out,
  ]);
  expect(code).toBe(0);
  const result = JSON.parse(stdout) as ClusterResult;
  expect(result.members!.map(({ name, outcome }) => [name, outcome])).toEqual([
    ['exact', 'fitted'],
    ['dmsc', 'fitted'],
  ]);
  expect(result.members!.reduce((sum, { weight }) => sum + weight!, 0)).toBeCloseTo(1, 12);
  expect(await readFile(join(out, 'report.html'), 'utf8')).toMatch(/Member dmsc/);
  const model = await loadModel(out);
  expect(model.labels).toHaveLength(OBJECTS);
  model.dispose();
});

test('members of an installed package are found, and methods of mixed data refused', async () => {
  const project = join(folder, 'project');
  const own = join(project, 'node_modules', 'own-method');
  await mkdir(own, { recursive: true });
  await writeFile(join(own, 'package.json'), JSON.stringify({ type: 'module', exports: './index.js' }));
  const definition = { name: 'own', data: 'paired', presets: { default: {} } };
  await writeFile(
    join(own, 'index.js'),
    `export const method = { definition: ${JSON.stringify(definition)}, create() {}, load() {} };`,
  );
  const find = memberMethods((name, where) => findMethod(name, 'default', project, where));
  expect((await find('own-method')).definition.name).toBe('own');
  await expect(find('dm2c')).rejects.toMatchObject({ code: 'option', where: '--set members' });
  await expect(find('nothing-here')).rejects.toMatchObject({ where: '--set members' });
});

test('a member that does not exist ends with 2 and one sentence', async () => {
  const { code, stderr } = await command([...base, '--quiet', '--set', 'members=exact,exakt']);
  expect(code).toBe(2);
  expect(stderr).toMatch(/--set members: expected .*exact.*'exakt'/);
});

test('a member that diverged is told', () => {
  const fitted = {
    members: [
      { name: 'exact', method: 'exact', seed: 1, outcome: 'fitted' },
      {
        name: 'dmim',
        method: 'dmim',
        seed: 2,
        outcome: 'left out',
        reason: String(new DivergedError({ where: 'train', expected: 'a finite loss', received: 'NaN' })),
      },
      { name: 'dmsc', method: 'dmsc', seed: 3, outcome: 'recovered', reason: 'too far' },
    ],
    support: [
      { name: 'exact', support: 0.5, weight: 0.6 },
      { name: 'dmsc', support: 0.5, weight: 0.4 },
    ],
  } as unknown as FittedClusterer;
  expect(inspectMembers(fitted).map(({ message }) => message)).toEqual([
    expect.stringMatching(/^member 'dmim' diverged and was left out: .*a finite loss/),
    "member 'dmsc' diverged and was finished from its last good state: too far",
  ]);
  expect(membersOf(fitted)).toEqual([
    { name: 'exact', seed: 1, outcome: 'fitted', support: 0.5, weight: 0.6 },
    { name: 'dmim', seed: 2, outcome: 'left out' },
    { name: 'dmsc', seed: 3, outcome: 'recovered', support: 0.5, weight: 0.4 },
  ]);
});
