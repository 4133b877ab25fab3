import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadModel } from '../src/methods/load-model.js';
import { RESULT_FILES } from '../src/output/result-files.js';
import type { ClusterResult } from '../src/result.js';
import { command, OBJECTS, writeFixture } from './fixture.js';

let folder: string;
let base: string[];
let classes: string;
beforeAll(async () => {
  folder = await writeFixture();
  classes = `${join(folder, 'y.csv')}:class`;
  base = ['cluster', '--method', 'exact', '--clusters', '3', '--backend', 'cpu'];
  base.push('--modality', join(folder, 'a.npy'), '--modality', `${join(folder, 'b.npy')},scale=standard`);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const FIELDS = [
  ...['method', 'preset', 'backend', 'seed', 'n', 'clusters', 'modalities', 'warnings', 'labels', 'metrics'],
  ...['seconds', 'peakMemoryBytes', 'history', 'options'],
];

test('--json prints one object with the fields of the contract, and nothing else on stdout', async () => {
  const { code, stdout, stderr } = await command([
    ...base,
    '--labels',
    classes,
    '--seed',
    '7',
    '--json',
    '--quiet',
  ]);
  expect([code, stderr]).toEqual([0, '']);
  expect(stdout.match(/\n/g)).toHaveLength(1);
  const result = JSON.parse(stdout) as ClusterResult;
  expect(Object.keys(result)).toEqual(FIELDS);
  expect(result).toMatchObject({
    method: 'exact',
    preset: 'default',
    backend: 'cpu',
    seed: 7,
    n: OBJECTS,
    clusters: 3,
  });
  expect(result.labels).toHaveLength(OBJECTS);
  expect(Object.keys(result.metrics!)).toEqual(['acc', 'nmi', 'ari', 'ami', 'purity', 'fScore']);
  // The classes are far apart.
  expect(result.metrics!.acc).toBe(1);
  expect(Object.keys(result.seconds)).toEqual(['read', 'fit', 'affinity', 'assign', 'total']);
  expect(result.seconds.total).toBeGreaterThanOrEqual(result.seconds.read);
  expect(result.peakMemoryBytes).toBeGreaterThan(2 ** 20);
  expect(Object.keys(result.options).length).toBeGreaterThan(0);
});

test('without labels there are no metrics, and labels do not change the clustering (seed 0)', async () => {
  const [plain, scored] = await Promise.all([
    command([...base, '--json']),
    command([...base, '--json', '--labels', classes]),
  ]);
  const [a, b] = [plain, scored].map(({ stdout }) => JSON.parse(stdout) as ClusterResult);
  expect(a!.metrics).toBeNull();
  expect(b!.labels).toEqual(a!.labels);
});

test('--out holds labels, result, report and a model that can be used; nothing else is left (seed 0)', async () => {
  const out = join(folder, 'made', 'out');
  const { code, stdout } = await command([
    ...base,
    '--out',
    out,
    '--labels',
    `${join(folder, 'y.csv')}:class`,
  ]);
  expect(code).toBe(0);
  expect(stdout).toContain(out);
  expect((await readdir(out)).sort()).toEqual([
    'crossmodal-files.json',
    'labels.csv',
    'model',
    'report.html',
    'result.json',
  ]);
  expect(await readdir(join(folder, 'made'))).toEqual(['out']);
  const result = JSON.parse(await readFile(join(out, 'result.json'), 'utf8')) as ClusterResult;
  expect(Object.keys(result)).toEqual(FIELDS);
  expect(await readFile(join(out, 'labels.csv'), 'utf8')).toBe(`cluster\n${result.labels.join('\n')}\n`);
  expect(await readFile(join(out, 'report.html'), 'utf8')).toMatch(/^<!doctype html>/);
  const model = await loadModel(out);
  expect([...model.labels]).toEqual(result.labels);
  model.dispose();

  const scores = await command([
    'evaluate',
    '--labels',
    classes,
    '--predicted',
    join(out, 'labels.csv'),
    '--json',
  ]);
  expect(JSON.parse(scores.stdout)).toEqual(result.metrics);
  expect((await readdir(out, { recursive: true })).sort()).toEqual(
    [...RESULT_FILES, 'crossmodal-files.json', 'model'].sort(),
  );
  const again = await command([...base, '--out', out]);
  expect([again.code, again.stderr]).toEqual([2, expect.stringContaining('--force')]);
  expect((await command([...base, '--out', out, '--force'])).code).toBe(0);
});

test('--runs fits consecutive seeds, reports their mean, and keeps the run of tightest clusters whatever the labels', async () => {
  const { stdout } = await command([...base, '--runs', '3', '--seed', '4', '--json', '--labels', classes]);
  const { runs, seed, labels, metrics } = JSON.parse(stdout) as ClusterResult;
  expect(runs!.each.map((run) => run.seed)).toEqual([4, 5, 6]);
  const best = runs!.each.reduce((a, b) => (b.criterion < a.criterion ? b : a));
  expect([runs!.pickedSeed, seed]).toEqual([best.seed, best.seed]);
  expect(metrics).toEqual(best.metrics);
  const accuracies = runs!.each.map((run) => run.metrics!.acc);
  expect(runs!.mean!.acc).toBeCloseTo((accuracies[0]! + accuracies[1]! + accuracies[2]!) / 3, 12);
  const alone = await command([...base, '--seed', String(seed), '--json']);
  expect((JSON.parse(alone.stdout) as ClusterResult).labels).toEqual(labels);
});

test('a method that trains has its preset, its resolved options and the final value of each loss term in the result (seed 1)', async () => {
  const argv = [
    'cluster',
    '--method',
    'dmsc',
    '--preset',
    'paper',
    '--set',
    'pretrainSteps=1',
    '--set',
    'steps=2',
  ];
  const where = [
    '--modality',
    `${join(folder, 'a.npy')},name=left`,
    '--clusters',
    '3',
    '--backend',
    'cpu',
    '--seed',
    '1',
  ];
  const { code, stdout } = await command([...argv, ...where, '--json', '--quiet']);
  expect(code).toBe(0);
  const result = JSON.parse(stdout) as ClusterResult;
  expect(Object.keys(result)).toEqual(FIELDS);
  expect(result).toMatchObject({
    method: 'dmsc',
    preset: 'paper',
    options: { preset: 'paper', pretrainSteps: 1, steps: 2 },
  });
  expect(result.history).toMatchObject({ total: expect.any(Number), coefficients: expect.any(Number) });
});

test('a person gets a few lines, and progress goes to stderr', async () => {
  const { stdout, stderr } = await command([...base, '--labels', classes]);
  expect(stdout).toMatch(/^exact, seed 0, backend cpu\n/);
  expect(stdout).toMatch(/ACC +NMI/);
  expect(stderr).toMatch(/^reading\nexact\n/);
});

test('rows, and variables of a table, are taken as asked', async () => {
  const table = join(folder, 'table.csv');
  const argv = ['cluster', '--method', 'exact', '--clusters', '2', '--backend', 'cpu', '--json', '--quiet'];
  const { code, stdout } = await command([
    ...argv,
    '--modality',
    `${table},rows=5:24`,
    '--modality',
    `${table}:v,rows=5:24`,
  ]);
  expect(code).toBe(0);
  expect((JSON.parse(stdout) as ClusterResult).n).toBe(20);
});

test('a signal that has fired stops the command with 130 and leaves nothing', async () => {
  const out = join(folder, 'stopped');
  const { code, stdout, stderr } = await command([...base, '--out', out, '--quiet'], {
    signal: AbortSignal.abort(),
  });
  expect([code, stdout, stderr]).toEqual([130, '', 'crossmodal: stopped.\n']);
  expect(await readdir(folder)).not.toContain('stopped');
});

test.each<[string, (at: (name: string) => string) => string[], RegExp]>([
  ['a missing file', (at) => ['--modality', at('gone.mat')], /gone\.mat.*no such file/],
  ['a wrong variable', (at) => ['--modality', `${at('table.csv')}:w`], /'w'.*'u'.*'v'/],
  ['an empty file', (at) => ['--modality', at('empty.npy')], /got an empty file/],
  ['no rows', (at) => ['--modality', at('none.npy')], /'none': expected one row at least/],
  ['too many components', (at) => ['--modality', `${at('a.npy')},pca=7`], /'a' key 'pca'.*1\.\.6.*got 7/],
  ['an order of vectors', (at) => ['--modality', `${at('a.npy')},order=column`], /image=HxW/],
  [
    'seeds beyond the last',
    (at) => ['--modality', at('a.npy'), '--seed', '4294967295', '--runs', '2'],
    /2 runs from seed 4294967295/,
  ],
  [
    'row counts that differ',
    (at) => ['--modality', at('a.npy'), '--modality', at('short.npy')],
    /45 rows.*44/,
  ],
  ['a NaN', (at) => ['--modality', at('nan.npy')], /got NaN at row 1, column 1/],
  ['rows beyond the end', (at) => ['--modality', `${at('a.npy')},rows=0:45`], /0\.\.44/],
  [
    'the wrong image size',
    (at) => ['--modality', `${at('a.npy')},image=5x5`],
    /6 values per row.*5x5, which are 25/,
  ],
  ['edges of vectors', (at) => ['--modality', `${at('a.npy')},edges=sobel`], /image=HxW/],
  [
    'another number of labels',
    (at) => ['--modality', at('short.npy'), '--labels', `${at('y.csv')}:class`],
    /44 labels.*45/,
  ],
  [
    'labels with a header',
    (at) => ['--modality', at('a.npy'), '--labels', at('y.csv')],
    /45 labels.*46\. .*PATH:class/,
  ],
  ['labels that are a matrix', (at) => ['--modality', at('a.npy'), '--labels', at('b.npy')], /one label/],
  ['an unknown option', (at) => ['--modality', at('a.npy'), '--set', 'colour=red'], /graphs.*got 'colour'/],
  ['an option of the wrong kind', (at) => ['--modality', at('a.npy'), '--set', 'colour'], /OPTION=VALUE/],
  ['a preset that is not there', (at) => ['--modality', at('a.npy'), '--preset', 'paper'], /--preset/],
  ['an unknown backend', (at) => ['--modality', at('a.npy'), '--backend', 'abacus'], /abacus/],
])('%s ends with 2 and one sentence', async (_, argv, says) => {
  const rest = argv((name) => join(folder, name));
  const backend = rest.includes('--backend') ? [] : ['--backend', 'cpu'];
  const { code, stdout, stderr } = await command([
    'cluster',
    '--method',
    'exact',
    '--clusters',
    '3',
    '--quiet',
    ...backend,
    ...rest,
  ]);
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).toMatch(says);
  expect(stderr).toMatch(/^crossmodal: [^\n]*\n$/);
});

test('more clusters than samples end with 2 and one sentence', async () => {
  const { code, stderr } = await command([
    'cluster',
    '--method',
    'exact',
    '--clusters',
    '46',
    '--quiet',
    '--modality',
    join(folder, 'a.npy'),
  ]);
  expect(code).toBe(2);
  expect(stderr).toMatch(/^crossmodal: [^\n]*1\.\.45[^\n]*46[^\n]*\n$/);
});

test('a directory that holds something else is refused before any work', async () => {
  const out = join(folder, 'photos');
  await mkdir(out);
  await writeFile(join(out, 'cat.png'), '');
  const { code, stderr } = await command([...base, '--out', out]);
  expect(code).toBe(2);
  expect(stderr).toMatch(/^crossmodal: [^\n]*cat\.png[^\n]*\n$/);
});

const FEW = {
  eamc: ['contrastEpochs=1', 'headEpochs=1', 'epochs=1', 'leastSteps=4', 'hiddenUnits=8', 'latentUnits=4'],
  'cmsc-dcca': ['epochs=1', 'units=8', 'latentUnits=4', 'restarts=2'],
  dmim: ['overclusteringSteps=4', 'steps=4', 'restarts=1', 'units=8'],
};

test.each(Object.entries(FEW))('--method %s: labels, terms by name, weights', async (method, settings) => {
  const set = settings.flatMap((setting) => ['--set', setting]);
  const args = ['cluster', '--method', method, ...base.slice(3), ...set, '--json', '--quiet'];
  const { code, stdout, stderr } = await command(args);
  expect([code, stderr]).toEqual([0, '']);
  const result = JSON.parse(stdout) as ClusterResult;
  expect(result.labels).toHaveLength(OBJECTS);
  expect(Object.keys(result.history).length).toBeGreaterThan(1);
  expect(result.modalityWeights === undefined).toBe(method === 'cmsc-dcca');
  if (result.modalityWeights === undefined) return;
  expect(Object.keys(result.modalityWeights)).toHaveLength(2);
  expect(Object.values(result.modalityWeights).reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 5);
});
