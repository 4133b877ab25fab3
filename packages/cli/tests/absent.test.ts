import { readNpy, writeNpy } from '@crossmodal/io';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fileReader } from '../src/data/file-reader.js';
import { loadModality } from '../src/data/modalities/load-modality.js';
import { parseModalitySpec } from '../src/data/grammar/modality-spec.js';
import type { ClusterResult } from '../src/result.js';
import { command, OBJECTS, writeFixture } from './fixture.js';

let folder: string;
let base: string[];
const at = (name: string) => join(folder, name);
const isAbsent = (row: number) => row % 5 === 2;

beforeAll(async () => {
  folder = await writeFixture();
  const stored = readNpy(await readFile(at('b.npy')));
  if (stored.kind !== 'array') throw new Error('expected an array');
  const [, columns] = stored.shape as [number, number];
  const gaps = stored.values.map((value, p) => (isAbsent(Math.floor(p / columns)) ? NaN : value));
  await writeFile(at('gaps.npy'), writeNpy({ shape: stored.shape, values: gaps }));
  await writeFile(at('nothing.npy'), writeNpy({ shape: stored.shape, values: gaps.map(() => NaN) }));
  base = ['cluster', '--clusters', '3', '--backend', 'cpu', '--quiet', '--json', '--modality', at('a.npy')];
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test.each(['', ',scale=minmax', ',scale=standard', ',scale=unit', ',scale=sqc', ',scale=standard,pca=2'])(
  'rows of NaN are absent and nothing is learnt from them%s',
  async (keys) => {
    const load = async (text: string) =>
      (await loadModality(parseModalitySpec(text), fileReader([], [], {})))[0]!.modality;
    const gaps = await load(`${at('gaps.npy')},absent=nan${keys}`);
    expect([...gaps.present!]).toEqual(Array.from({ length: OBJECTS }, (_, i) => (isAbsent(i) ? 0 : 1)));
    const { columns, values } = gaps.features;
    expect(values.every(Number.isFinite)).toBe(true);
    for (let i = 0; i < OBJECTS; i++) {
      const row = values.subarray(i * columns, (i + 1) * columns);
      expect(row.some((value) => value !== 0)).toBe(!isAbsent(i));
    }
    // Without absent rows the key changes nothing.
    const whole = await load(`${at('b.npy')},absent=nan${keys}`);
    expect(whole.present).toBeUndefined();
    expect(whole.features).toEqual((await load(`${at('b.npy')}${keys}`)).features);
  },
);

test('objects that a file lacks are clustered by the other modality (seed 0)', async () => {
  const labels = ['--labels', `${at('y.csv')}:class`];
  const out = at('out');
  const argv = [
    ...base,
    '--method',
    'exact',
    '--modality',
    `${at('gaps.npy')},absent=nan`,
    ...labels,
    '--out',
    out,
  ];
  const { code, stdout, stderr } = await command(argv);
  expect([code, stderr]).toEqual([0, '']);
  expect((JSON.parse(stdout) as ClusterResult).metrics!.acc).toBe(1);
  expect(await readFile(join(out, 'report.html'), 'utf8')).toContain('vectors of 9, absent in 9 rows');
});

test.each<[string, string, () => string, RegExp]>([
  ['rows of NaN without the key', 'exact', () => at('gaps.npy'), /got NaN at row 2/],
  ['one NaN in a row', 'exact', () => `${at('nan.npy')},absent=nan`, /got NaN at row 1, column 1/],
  ['no row that is present', 'exact', () => `${at('nothing.npy')},absent=nan`, /'absent'.*45 rows of NaN/],
  ['components of fewer rows', 'exact', () => `${at('gaps.npy')},absent=nan,rows=0:4,pca=5`, /1\.\.4/],
  ['rows that are objects', 'dm2c', () => `${at('gaps.npy')},absent=nan`, /paired data/],
])('%s: 2 and one sentence', async (_, method, modality, says) => {
  const { code, stderr } = await command([...base, '--method', method, '--modality', modality()]);
  expect([code, stderr]).toEqual([2, expect.stringMatching(says)]);
  expect(stderr).toMatch(/^crossmodal: [^\n]*\n$/);
});
