import { randomSource } from '@crossmodal/core';
import { writeNpy, writeNpz } from '@crossmodal/io';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ClusterResult } from '../src/result.js';
import { command } from './fixture.js';

const N = 48;
const D = 4;
const CENTRES = [
  [9, -3, 1, 4],
  [-6, 8, -5, 2],
  [1, -7, 9, -8],
];
const random = randomSource(11);
const classes = Array.from({ length: N }, () => Math.floor(3 * random.uniform()));
const rows = classes.map((c) => CENTRES[c]!.map((centre) => centre + 0.4 * random.normal()));

let folder: string;
const at = (name: string) => join(folder, name);
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'crossmodal-reading-'));
  await write('x.npy', writeNpy({ shape: [N, D], values: Float64Array.from(rows.flat()) }));
  await write('y.npy', writeNpy({ shape: [N], values: Float64Array.from(classes) }));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function write(name: string, content: string | Uint8Array): Promise<string> {
  await writeFile(at(name), content);
  return at(name);
}

interface Outcome {
  readonly result: ClusterResult;
  readonly stderr: string;
}

/** Clusters with the first modality as given, and the labels of the fixture unless others are named. */
async function cluster(
  modalities: readonly string[],
  labels = at('y.npy'),
  stdin?: Uint8Array,
): Promise<Outcome> {
  const argv = ['cluster', '--method', 'exact', '--clusters', '3', '--backend', 'cpu', '--json', '--quiet'];
  const specs = modalities.flatMap((modality) => ['--modality', modality]);
  const { code, stdout, stderr } = await command([...argv, ...specs, '--labels', labels], { stdin });
  expect([code, code === 0 ? '' : stderr]).toEqual([0, '']);
  return { result: JSON.parse(stdout) as ClusterResult, stderr };
}

async function refused(modalities: readonly string[], labels: readonly string[] = []): Promise<string> {
  const argv = ['cluster', '--method', 'exact', '--clusters', '3', '--backend', 'cpu', '--json', '--quiet'];
  const specs = modalities.flatMap((modality) => ['--modality', modality]);
  const { code, stdout, stderr } = await command([
    ...argv,
    ...specs,
    ...labels.flatMap((one) => ['--labels', one]),
  ]);
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).toMatch(/^crossmodal: [^\n]+\n$/);
  return stderr;
}

const text = (value: number) => value.toFixed(3);
const csv = (lines: readonly (readonly (string | number)[])[], delimiter = ',') =>
  `${lines.map((line) => line.join(delimiter)).join('\n')}\n`;
const codes = ({ result }: Outcome) => result.warnings.map(({ code }) => code);

describe('numbers keep their digits until they are scaled', () => {
  const large = rows.map((row) => row.map((value) => 7e10 + value * 1e-2));
  test.each(['standard', 'minmax'])('scale=%s', async (scale) => {
    await write('large.npy', writeNpy({ shape: [N, D], values: Float64Array.from(large.flat()) }));
    await write('large.csv', csv([['a', 'b', 'c', 'd'], ...large.map((row) => row.map(String))]));
    const plain = await cluster([`${at('x.npy')},scale=${scale}`]);
    for (const name of ['large.npy', 'large.csv']) {
      const { result } = await cluster([`${at(name)},scale=${scale}`]);
      // Scales undo the offsets and the units, so that the same groups are found.
      expect(result.labels).toEqual(plain.result.labels);
      expect(result.warnings).toEqual([]);
    }
  });

  test('principal components are of the values as the file has them', async () => {
    const { result } = await cluster([`${at('large.npy')},pca=2`]);
    expect(result.metrics!.acc).toBe(1);
    expect(result.modalities[0]).toMatchObject({ kind: 'vectors', columns: 2 });
  });

  test('whole numbers beyond 2^53 are read as doubles, which is said; a constant column loses nothing', async () => {
    const nanoseconds = rows.flatMap((row) =>
      row.map((x) => 1_700_000_000_000_000_000n + BigInt(Math.round(x * 1e9))),
    );
    const header = "{'descr': '<i8', 'fortran_order': False, 'shape': (" + `${N}, ${D}), }`;
    const text = `${header.padEnd(117)}\n`;
    const bytes = Buffer.concat([
      Buffer.from([0x93, ...Buffer.from('NUMPY'), 1, 0, text.length, 0]),
      Buffer.from(text),
      Buffer.from(BigInt64Array.from(nanoseconds).buffer),
    ]);
    const outcome = await cluster([`${await write('ns.npy', bytes)},scale=standard`]);
    expect(outcome.result.metrics!.acc).toBe(1);
    expect(codes(outcome)).toEqual(['precision']);
    const constant = rows.map((row) => [...row, 0.1]);
    const path = await write(
      'tenth.npy',
      writeNpy({ shape: [N, D + 1], values: Float64Array.from(constant.flat()) }),
    );
    expect(codes(await cluster([path]))).toEqual([]);
  });

  test('without a scale the loss is said', async () => {
    const outcome = await cluster([at('large.npy'), at('x.npy')]);
    expect(codes(outcome)).toContain('precision');
    expect(outcome.stderr).toMatch(/warning: the values of modality 'large'[^\n]*scale=standard/);
  });
});

describe('columns of a table that are no features are left out, and this is said', () => {
  test('text, an index and the labels, each with its reason', async () => {
    const table = [
      ['id', 'a', 'b', 'c', 'd', 'width', 'kind', 'note'],
      ...rows.map((row, i) => [
        1001 + i,
        ...row.map(text),
        `${text(row[0]!)} cm`,
        `k${classes[i]!}`,
        `n${i % 7}x`,
      ]),
    ];
    const path = await write('mixed.csv', csv(table));
    const outcome = await cluster([path], `${path}:kind`);
    expect(outcome.result.metrics!.acc).toBe(1);
    const [modality] = outcome.result.modalities;
    expect(modality).toMatchObject({ name: 'mixed', kind: 'vectors', rows: N, present: N, columns: 4 });
    expect(modality!.leftOut.map(({ column }) => column).sort()).toEqual(['id', 'kind', 'note', 'width']);
    expect(modality!.readAs).toMatch(/header/);
    expect(codes(outcome).sort()).toEqual(['left-out-columns', 'left-out-index', 'left-out-labels']);
    for (const word of ['width', 'cm', 'note', 'id', 'kind']) expect(outcome.stderr).toContain(word);
  });

  test('labels of numbers are no feature either, however the path is written', async () => {
    const table = [['a', 'b', 'c', 'd', 'target'], ...rows.map((row, i) => [...row.map(text), classes[i]!])];
    const path = await write('target.csv', csv(table));
    const { result } = await cluster([`${folder}/./target.csv`], `${path}:target`);
    expect(result.modalities[0]).toMatchObject({ columns: 4, leftOut: [{ column: 'target' }] });
    expect(await refused([`${path}:target`], [`${path}:target`])).toMatch(/--labels names/);
  });

  test('a feature that tells the classes apart as the labels do is named, wherever the labels are', async () => {
    const table = [
      ['a', 'b', 'c', 'd', 'group'],
      ...rows.map((row, i) => [...row.map(text), 10 - classes[i]!]),
    ];
    const path = await write('copied.csv', csv(table));
    const outcome = await cluster([path]);
    expect(codes(outcome)).toEqual(['labels-among-features']);
    expect(outcome.stderr).toMatch(/feature 4 of modality 'copied'/);
  });

  test('a column that counts the rows is left out where its name says so, and named where it does not', async () => {
    const table = [['No', 'time', 'a', 'b', 'c', 'd'], ...rows.map((row, i) => [i + 1, i, ...row.map(text)])];
    const outcome = await cluster([await write('counts.csv', csv(table))]);
    expect(outcome.result.modalities[0]).toMatchObject({ columns: 5, leftOut: [{ column: 'No' }] });
    expect(codes(outcome)).toEqual(['left-out-index', 'numbers']);
    expect(outcome.stderr).toMatch(/'time' \(it counts the rows\)/);
  });

  test('a single column is taken by its name, index or not', async () => {
    const { result } = await cluster([`${at('mixed.csv')}:a`, at('x.npy')]);
    expect(result.modalities[0]).toMatchObject({ name: 'a', columns: 1, leftOut: [] });
    expect(await refused([`${at('mixed.csv')}:note`])).toMatch(/'note'/);
  });

  test('a table without numbers is refused with what there is', async () => {
    const path = await write('words.csv', csv([['u', 'v'], ...classes.map((c) => [`a${c}`, `b${c}`])]));
    expect(await refused([`${path},header=yes`])).toMatch(/column of numbers.*'u'.*'v'/);
  });
});

describe('headers', () => {
  test.each([
    ['names that count', ['0', '1', '2', '3']],
    ['years', ['1998', '1999', '2000', '2001']],
  ])('%s are names', async (_, names) => {
    const path = await write('named.csv', csv([names, ...rows.map((row) => row.map(text))]));
    const { result } = await cluster([path, at('x.npy')]);
    expect(result.modalities[0]).toMatchObject({ rows: N, columns: D });
  });

  test('header=no takes the first line as data, header=yes as names', async () => {
    const lines = csv(rows.map((row) => row.map(text)));
    await write('bare.csv', lines);
    await write('headed.csv', `1.5,2.5,3.5,4.5\n${lines}`);
    const { result } = await cluster([`${at('bare.csv')},header=no`, `${at('headed.csv')},header=yes`]);
    expect(result.modalities.map(({ rows: count }) => count)).toEqual([N, N]);
    expect(await refused([at('bare.csv'), at('headed.csv')])).toMatch(/header=yes or header=no/);
    expect(await refused([`${at('x.npy')},header=yes`])).toMatch(/'header'.*table/);
  });

  test('equal steps of whole numbers above whole numbers are names, which is a guess', async () => {
    const table = [[10, 20, 30, 40], ...rows.map((row) => row.map((x) => Math.round(10 * x)))];
    const wide = table.map((row) => [...row, row[0] === 10 ? 50 : 3]);
    const outcome = await cluster([await write('steps.csv', csv(wide)), at('x.npy')]);
    expect(outcome.result.modalities[0]).toMatchObject({ rows: N });
    expect(codes(outcome)).toContain('header');
  });

  test('a name that is asked for is a name', async () => {
    const path = await write(
      'numbers.csv',
      csv([[2.5, 7.5], ...rows.map((row) => row.slice(0, 2).map(text))]),
    );
    const { result } = await cluster([`${path}:2.5`, at('x.npy')]);
    expect(result.modalities[0]).toMatchObject({ name: '2.5', rows: N, columns: 1 });
  });
});

describe('dialects', () => {
  test.each<[string, string, string]>([
    [
      'semicolons and decimal commas',
      csv(
        rows.map((row) => row.map((x) => text(x).replace('.', ','))),
        ';',
      ),
      '',
    ],
    ['bars', csv([['a', 'b', 'c', 'd'], ...rows.map((row) => row.map(text))], '|'), ''],
    [
      'blanks',
      csv(
        rows.map((row) => row.map((x) => text(x).padStart(9))),
        ' ',
      ),
      '',
    ],
    ['a delimiter at the end', csv(rows.map((row) => [...row.map(text), ''])), ''],
    [
      'a delimiter that is named',
      csv(
        rows.map((row) => row.map(text)),
        ';',
      ),
      ',delimiter=semicolon',
    ],
    [
      'decimals that are named',
      csv(rows.map((row) => row.map((x) => `"${text(x).replace('.', ',')}"`))),
      ',decimal=comma',
    ],
  ])('%s', async (_, content, keys) => {
    const path = await write('dialect.txt', content);
    const { result } = await cluster([`${path}${keys}`]);
    expect(result.metrics!.acc).toBe(1);
    expect(result.modalities[0]).toMatchObject({ rows: N, columns: D });
  });

  test('numbers that could be thousands or decimals are said, and settled by a key', async () => {
    const groups = classes.map((c) => [`${c + 1},${100 + 7 * c}`, `${9 - 3 * c},${250 + c}`]);
    const path = await write('thousands.csv', csv([['a', 'b'], ...groups], ';'));
    const outcome = await cluster([path, at('x.npy')]);
    expect(codes(outcome)).toContain('numbers');
    expect(outcome.stderr).toMatch(/'a'[^\n]*1,234[^\n]*decimal=/);
    expect(codes(await cluster([`${path},decimal=comma`, at('x.npy')]))).not.toContain('numbers');
  });

  test('rows of empty cells are absent with absent=nan, and refused with that cure without', async () => {
    const gaps = rows.map((row, i) => (i % 9 === 4 ? row.map(() => '') : row.map(text)));
    const path = await write('gaps.csv', csv([['a', 'b', 'c', 'd'], ...gaps]));
    const { result } = await cluster([`${path},absent=nan`, at('x.npy')]);
    expect(result.modalities[0]).toMatchObject({
      rows: N,
      present: gaps.filter(([cell]) => cell !== '').length,
    });
    expect(await refused([path, at('x.npy')])).toContain('absent=nan');
  });
});

describe('labels are classes by their text', () => {
  const forms: Readonly<Record<string, readonly string[]>> = {
    'leading zeros': ['7', '07', '007'],
    'like numbers': ['1e3', '1000', '0x3e8'],
    'truth values and more': ['True', 'False', 'Unknown'],
    'beyond 53 bits': ['9007199254740993', '9007199254740992', '9007199254740994'],
    decimals: ['1.0', '1.00', '1'],
  };
  test.each(Object.entries(forms))('%s', async (_, names) => {
    const path = await write('names.csv', csv([['kind'], ...classes.map((c) => [names[c]!])]));
    const { result } = await cluster([at('x.npy')], `${path}:kind`);
    expect(result.metrics!.acc).toBe(1);
  });

  test('a row without a label is refused by its number', async () => {
    const path = await write(
      'missing.csv',
      csv([['kind', 'z'], ...classes.map((c, i) => [i === 5 ? '' : `k${c}`, i])]),
    );
    expect(await refused([at('x.npy')], [`${path}:kind`])).toMatch(/empty cell in row 5/);
  });

  test('several columns are listed', async () => {
    expect(await refused([at('x.npy')], [at('mixed.csv')])).toMatch(/'kind'.*PATH:COLUMN/);
  });
});

describe('arrays', () => {
  test('channels first are found where only that makes sense, said, and settled by a key', async () => {
    const pixels = classes.flatMap((c) =>
      [0, 1, 2].flatMap((channel) =>
        Array.from({ length: 30 }, (_, p) => (channel === c ? 200 : 20) + (p % 5)),
      ),
    );
    const path = await write(
      'planes.npy',
      writeNpy({ shape: [N, 3, 5, 6], values: Float32Array.from(pixels) }),
    );
    const outcome = await cluster([path, at('x.npy')]);
    expect(outcome.result.modalities[0]).toMatchObject({ kind: 'images', image: '5x6x3', columns: 90 });
    expect(codes(outcome)).toEqual(['axes']);
    expect(outcome.stderr).toMatch(/axes=nhwc/);
    const settled = await cluster([`${path},axes=nchw`, at('x.npy')]);
    expect(codes(settled)).toEqual([]);
    expect(settled.result.labels).toEqual(outcome.result.labels);
    const other = await cluster([`${path},axes=nhwc`, at('x.npy')]);
    expect(other.result.modalities[0]).toMatchObject({ image: '3x5x6' });
    const flat = await write('flat.npy', writeNpy({ shape: [N, 90], values: Float32Array.from(pixels) }));
    const rowsOfPlanes = await cluster([`${flat},image=5x6x3,axes=nchw`, at('x.npy')]);
    expect(rowsOfPlanes.result.labels).toEqual(outcome.result.labels);
    expect(await refused([`${at('x.npy')},axes=nchw`])).toMatch(/'axes'.*four axes/);
  });

  test('objects as columns: the message names transpose', async () => {
    const turned = Float64Array.from({ length: N * D }, (_, p) => rows[p % N]![Math.floor(p / N)]!);
    const path = await write('turned.npy', writeNpy({ shape: [D, N], values: turned }));
    const other = await write('turned2.npy', writeNpy({ shape: [D - 1, N], values: turned.slice(N) }));
    expect(await refused([path, other])).toMatch(/transpose to both/);
    expect(await refused([at('x.npy'), path])).toMatch(/'turned' has 48 columns[^\n]*transpose/);
    expect(await refused([path], [at('y.npy')])).toMatch(/48 columns[^\n]*transpose/);
    const { result } = await cluster([`${path},transpose`]);
    expect(result.metrics!.acc).toBe(1);
  });

  test('the variable that labels are read from is no modality', async () => {
    const path = at('y.npy');
    expect(await refused([path, at('x.npy')], [path])).toMatch(/'y': expected features.*--labels/);
  });

  test('a size that is stated is taken as it is, and axes need images', async () => {
    const pixels = Float32Array.from(
      { length: N * 48 },
      (_, p) => 20 * classes[Math.floor(p / 48)]! + (p % 7),
    );
    const path = await write('three.npy', writeNpy({ shape: [N, 3, 4, 4], values: pixels }));
    const { result } = await cluster([`${path},image=3x4x4`, at('x.npy')]);
    expect(result.modalities[0]).toMatchObject({ image: '3x4x4' });
    const table = await write('axes.csv', csv(rows.map((row) => row.map(text))));
    expect(await refused([`${table},axes=nchw`])).toMatch(/'axes'.*images/);
  });

  test('values beyond single precision are refused with a cure', async () => {
    const huge = Float64Array.from(rows.flat(), (x) => x * 1e300);
    const path = await write('huge.npy', writeNpy({ shape: [N, D], values: huge }));
    expect(await refused([path])).toMatch(/scale=standard/);
    const { result } = await cluster([`${path},scale=standard`]);
    expect(result.metrics!.acc).toBe(1);
  });

  test('of an archive only what is asked for is decoded', async () => {
    const archive = writeNpz({
      X: { shape: [N, D], values: Float64Array.from(rows.flat()) },
      Z: { shape: [1], values: Float64Array.of(1) },
    });
    const path = await write('two.npz', archive);
    const { result } = await cluster([`${path}:X`]);
    expect(result.metrics!.acc).toBe(1);
  });

  test('an existing path wins over the grammar', async () => {
    for (const name of ['b,name=c.npy', 'b,pca=1.npy']) {
      await write(name, await readFile(at('x.npy')));
      const { result } = await cluster([at(name)]);
      expect(result.modalities[0]).toMatchObject({ rows: N, columns: D });
    }
  });

  test('standard input', async () => {
    const table = new TextEncoder().encode(csv([['a', 'b', 'c', 'd'], ...rows.map((row) => row.map(text))]));
    const { result } = await cluster(['-,format=csv'], at('y.npy'), table);
    expect(result.modalities[0]).toMatchObject({ name: 'stdin', rows: N, columns: D });
    expect(await refused(['-'])).toMatch(/format/);
    expect(await refused(['-,format=csv', '-,format=tsv,name=other'])).toMatch(
      /one format of standard input/,
    );
  });
});

describe('what is odd about data and clusters is said', () => {
  test('constant and duplicated modalities', async () => {
    const path = await write(
      'same.npy',
      writeNpy({ shape: [N, 5], values: new Float64Array(N * 5).fill(-3.25) }),
    );
    const outcome = await cluster([at('x.npy'), path, `${at('x.npy')},name=twin`]);
    expect(codes(outcome)).toEqual(['constant-modality', 'duplicated-modality']);
    expect(outcome.stderr).toMatch(/'same'[^\n]*\n[^\n]*'twin'[^\n]*'x'/);
    expect(outcome.result.metrics!.acc).toBe(1);
  });

  test('two files of one name are told apart in what is said of them', async () => {
    await mkdir(at('other'));
    const table = csv([
      ['a', 'b', 'note'],
      ...rows.map((row, i) => [...row.slice(0, 2).map(text), `n${i % 5}x`]),
    ]);
    const paths = [await write('pair.csv', table), await write('other/pair.csv', table.replaceAll('-', ''))];
    const { result } = await cluster([...paths, at('x.npy')]);
    const said = result.warnings
      .filter(({ code }) => code === 'left-out-columns')
      .map(({ message }) => message);
    expect(said).toEqual([
      expect.stringMatching(/^modality 'pair':/),
      expect.stringMatching(/^modality 'pair-2':/),
    ]);
  });

  test('fewer clusters than asked for', async () => {
    const few = Float64Array.from(
      { length: 21 * 3 },
      (_, p) => [5, -2, 9][(Math.floor(p / 3) % 2) * 2] ?? p % 3,
    );
    const path = await write('few.npy', writeNpy({ shape: [21, 3], values: few }));
    const argv = ['cluster', '--method', 'exact', '--clusters', '5', '--backend', 'cpu', '--json', '--quiet'];
    const { code, stdout, stderr } = await command([...argv, '--modality', path]);
    expect(code).toBe(0);
    const result = JSON.parse(stdout) as ClusterResult;
    const found = new Set(result.labels).size;
    expect(result.warnings.map((warning) => warning.code)).toContain('fewer-clusters');
    expect(stderr).toContain(
      `${found} of the 5 clusters asked for were found, since only ${found} of 21 objects differ`,
    );
  });

  test('a small group that stands apart', async () => {
    const sizes = [40, 40, 2];
    const far = sizes.flatMap((size, c) =>
      Array.from({ length: size }, () =>
        CENTRES[c]!.flatMap((centre) => [centre + 0.3 * random.normal(), random.normal()]),
      ),
    );
    const path = await write('far.npy', writeNpy({ shape: [82, 8], values: Float64Array.from(far.flat()) }));
    const argv = ['cluster', '--method', 'exact', '--clusters', '3', '--backend', 'cpu', '--json', '--quiet'];
    const { stdout, stderr } = await command([...argv, '--modality', path]);
    const result = JSON.parse(stdout) as ClusterResult;
    expect(result.warnings.map((warning) => warning.code)).toContain('unequal-clusters');
    expect(stderr).toMatch(/group of 2 objects/);
  });

  test('one feature that is never negative is as good as many', async () => {
    const one = Float64Array.from(classes, (c) => 2 + 5 * c + 0.1 * random.uniform());
    const path = await write('one.npy', writeNpy({ shape: [N, 1], values: one }));
    const outcome = await cluster([path]);
    expect(codes(outcome)).toEqual([]);
    const pairs = outcome.result.labels.map((label, i) => `${label} ${classes[i]}`);
    expect(new Set(pairs).size).toBe(new Set(classes).size);
  });

  test('clean data give no warning', async () => {
    const outcome = await cluster([at('x.npy')]);
    expect([outcome.result.warnings, outcome.stderr]).toEqual([[], '']);
  });
});
