import { images, randomSource, sliceRows, type DenseMatrix } from '@crossmodal/core';
import { arrayToMatrix, readIdx, readNpy, reorderImages, writeNpy } from '@crossmodal/io';
import { fitMinMax, fitPca, fitSqc, fitStandard, fitUnitRows } from '@crossmodal/transforms';
import { gzipSync } from 'node:zlib';
import { mkdtemp, open, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fileReader } from '../src/data/file-reader.js';
import { parseModalitySpec } from '../src/data/grammar/modality-spec.js';
import { loadModality } from '../src/data/modalities/load-modality.js';
import type { ClusterResult } from '../src/result.js';
import { command } from './fixture.js';
import { ended, start } from './process.js';

let folder: string;
const at = (name: string) => join(folder, name);
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'crossmodal-row-blocks-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const random = randomSource(3);
const noise = (length: number) => Float64Array.from({ length }, () => 5 + random.normal());

async function write(name: string, bytes: Uint8Array): Promise<string> {
  await writeFile(at(name), bytes);
  return at(name);
}

async function load(text: string) {
  const spec = parseModalitySpec(text);
  return loadModality(spec, fileReader([spec], [], {}));
}

const project = (features: DenseMatrix, components: number, present?: Uint8Array) =>
  fitPca(features, { components, random: randomSource(0), present }).apply(features, present).values;

describe('with pca a file is read block by block, and gives what it gives when it is read whole', () => {
  const doubles = writeNpy({ shape: [40, 6], values: noise(240) });
  const whole = () => arrayToMatrix(readNpy(doubles));

  test.each(['x.npy', 'x.npy.gz'])('%s, and some of its rows', async (name) => {
    const path = await write(name, name.endsWith('.gz') ? gzipSync(doubles) : doubles);
    const [loaded] = await load(`${path},pca=3`);
    expect(loaded!.modality.features.values).toEqual(project(whole(), 3));
    expect(loaded!.modality).toMatchObject({ kind: 'vectors', name: 'x' });
    expect(loaded!.description).toMatchObject({ rows: 40, columns: 3, readAs: 'an array of 40 x 6' });
    const [some] = await load(`${path},pca=3,rows=5:30`);
    expect(some!.modality.features.values).toEqual(project(sliceRows(whole(), 5, 31), 3));
  });

  test.each([
    ['minmax', fitMinMax],
    ['standard', fitStandard],
    ['unit', fitUnitRows],
    ['sqc', fitSqc],
  ] as const)('scale=%s', async (scale, fit) => {
    const path = await write('scaled.npy', doubles);
    const [loaded] = await load(`${path},scale=${scale},pca=2`);
    expect(loaded!.modality.features.values).toEqual(project(fit(whole()).apply(whole()), 2));
  });

  test('IDX images, their order and their axes', async () => {
    const pixels = Uint8Array.from({ length: 30 * 6 }, () => random.integer(256));
    const bytes = Uint8Array.of(0, 0, 8, 3, 0, 0, 0, 30, 0, 0, 0, 3, 0, 0, 0, 2, ...pixels);
    const path = await write('pixels', bytes);
    const matrix = arrayToMatrix(readIdx(bytes));
    const [plain] = await load(`${path},pca=2`);
    expect(plain!.modality.features.values).toEqual(project(matrix, 2));
    expect(plain!.description.readAs).toBe('an array of 30 x 3 x 2, images');
    const [turned] = await load(`${path},image=3x2,order=column,pca=2`);
    const ordered = reorderImages(matrix, { height: 3, width: 2, channels: 1, order: 'column' });
    expect(turned!.modality.features.values).toEqual(project(ordered, 2));
  });

  test('rows that are absent', async () => {
    const values = noise(120).fill(NaN, 0, 6).fill(NaN, 60, 66);
    const path = await write('absent.npy', writeNpy({ shape: [20, 6], values }));
    const present = Uint8Array.from({ length: 20 }, (_, i) => (i === 0 || i === 10 ? 0 : 1));
    const [loaded] = await load(`${path},absent=nan,pca=2`);
    expect(loaded!.modality.present).toEqual(present);
    const matrix = arrayToMatrix(readNpy(writeNpy({ shape: [20, 6], values })));
    expect(loaded!.modality.features.values).toEqual(project(matrix, 2, present));
  });

  test('whole numbers beyond 2^53, and channels that stand first', async () => {
    const large = BigInt64Array.from({ length: 30 }, (_, p) => 2n ** 60n + BigInt(p * p) * 2n ** 50n);
    const header = writeNpy({ shape: [5, 6], values: Float64Array.from({ length: 30 }, Number) });
    const bytes = Buffer.concat([header.subarray(0, -240), new Uint8Array(large.buffer)]);
    const path = await write(
      'large.npy',
      Buffer.from(bytes.toString('latin1').replace('<f8', '<i8'), 'latin1'),
    );
    const [loaded] = await load(`${path},pca=1`);
    expect(loaded!.warnings.map(({ message }) => message)).toEqual([
      "modality 'large' holds whole numbers beyond 2^53, read as the nearest doubles.",
    ]);
    const planes = await write('planes.npy', writeNpy({ shape: [10, 3, 5, 5], values: noise(750) }));
    const [guessed] = await load(`${planes},pca=2`);
    expect(guessed!.warnings.map(({ code }) => code)).toEqual(['axes']);
    expect(guessed!.description.readAs).toBe('an array of 10 x 3 x 5 x 5, images, channels first');
  });

  test('edges and other keys that need whole images, and formats that do not come in rows, are read whole', async () => {
    const matrix = arrayToMatrix(readNpy(writeNpy({ shape: [12, 36], values: noise(432) })));
    const path = await write(
      'edges.npy',
      writeNpy({ shape: [12, 6, 6], values: Float32Array.from(matrix.values) }),
    );
    const [edges] = await load(`${path},edges=sobel,pca=2`);
    expect(edges!.modality).toMatchObject({ name: 'edges-edges', kind: 'vectors' });
    const turned = await write('turned.npy', writeNpy({ shape: [6, 40], values: noise(240) }));
    const [transposed] = await load(`${turned},transpose,pca=2`);
    expect(transposed!.modality.features).toMatchObject({ rows: 40, columns: 2 });
    expect(images('x', sliceRows(matrix, 0, 1), { height: 6, width: 6 }).kind).toBe('images');
  });
});

describe('what is refused names the file and the row', () => {
  const refused = async (spec: string) => {
    const argv = ['cluster', '--method', 'exact', '--clusters', '2', '--backend', 'cpu', '--quiet'];
    const { code, stderr } = await command([...argv, '--modality', spec]);
    expect(code).toBe(2);
    return stderr;
  };

  test('values that are not finite, too many components, rows that are not there, keys of tables', async () => {
    const values = noise(240);
    values[6 * 25 + 4] = Infinity;
    const path = await write('bad.npy', writeNpy({ shape: [40, 6], values }));
    expect(await refused(`${path},pca=2`)).toMatch(
      /modality 'bad': expected finite values, got Infinity at row 25, column 4/,
    );
    expect(await refused(`${path},rows=20:39,pca=2`)).toMatch(/got Infinity at row 5, column 4/);
    expect(await refused(`${path},rows=0:9,pca=7`)).toMatch(/key 'pca': expected an integer in 1\.\.6/);
    expect(await refused(`${path},rows=0:40,pca=2`)).toMatch(/expected rows in 0\.\.39/);
    expect(await refused(`${path},header=yes,pca=2`)).toMatch(/key 'header': expected a table of text/);
    expect(await refused(`${path}:other,pca=2`)).toMatch(/other/);
    expect(
      await refused(
        `${await write('none.npy', writeNpy({ shape: [0, 6], values: new Float64Array(0) }))},pca=1`,
      ),
    ).toMatch(/expected one row at least/);
  });
});

test('a file larger than the memory that the command uses is clustered', async () => {
  const [rows, columns] = [60, 1_000_000];
  const path = at('wide.npy');
  const header = npyHeader(rows, columns);
  const file = await open(path, 'w');
  await file.write(header, 0, header.length, 0);
  // Zeros but for a stretch of each row that tells its cluster; zeros that are not written take no time.
  await file.truncate(header.length + 8 * rows * columns);
  for (let i = 0; i < rows; i++) {
    const stretch = Buffer.from(noise(500).buffer);
    await file.write(stretch, 0, stretch.length, header.length + 8 * (i * columns + 1000 * (i % 3)));
  }
  await file.close();
  const { size } = await stat(path);
  expect(size).toBeGreaterThan(480e6);
  const argv = [
    'cluster',
    '--method',
    'exact',
    '--clusters',
    '3',
    '--modality',
    `${path},pca=4`,
    '--json',
    '--quiet',
  ];
  const { code, stdout, stderr } = await ended(start(argv));
  expect([code, stderr]).toEqual([0, '']);
  const { labels, peakMemoryBytes } = JSON.parse(stdout) as ClusterResult;
  expect(peakMemoryBytes).toBeLessThan(size);
  expect(new Set(labels.map((label, i) => `${label} ${i % 3}`)).size).toBe(3);
}, 120_000);

/** The first bytes of a `.npy` file of doubles. */
function npyHeader(rows: number, columns: number): Buffer {
  const empty = Buffer.from(writeNpy({ shape: [0, columns], values: new Float64Array(0) })).toString(
    'latin1',
  );
  const size = `(${rows}, ${columns}), }`;
  // The blanks that fill the header up make room for the digits.
  const [before, rest] = [empty.slice(0, empty.indexOf('(')), empty.slice(empty.indexOf(' }') + 2)];
  return Buffer.from(`${before}${size}${rest.slice(size.length - `(0, ${columns}), }`.length)}`, 'latin1');
}
