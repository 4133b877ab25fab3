import { mixed, randomSource, vectors } from '@crossmodal/core';
import { readNpy, writeNpy } from '@crossmodal/io';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadModel } from '../src/methods/load-model.js';
import type { ClusterResult } from '../src/result.js';
import { command, writeFixture } from './fixture.js';

let folder: string;
let base: string[];
const at = (name: string) => join(folder, name);

/** Three clusters of different sizes and distances, seen in either modality, and their labels. */
beforeAll(async () => {
  folder = await writeFixture();
  const random = randomSource(3);
  const sizes = [20, 14, 10];
  const own = sizes.flatMap((size, c) => new Array<number>(size).fill(c));
  for (const [name, columns, n] of [
    ['left', 6, 44],
    ['right', 9, 40],
  ] as const) {
    const rows = own.slice(44 - n);
    const values = Float32Array.from({ length: n * columns }, (_, p) => {
      const c = rows[Math.floor(p / columns)]!;
      const group = (p % columns) % 3;
      return (
        (group === c ? 1 : 0) + (group === (c + 1) % 3 ? [0.9, 0.45, 0][c]! : 0) + 0.03 * random.normal()
      );
    });
    await writeFile(at(`${name}.npy`), writeNpy({ shape: [n, columns], values }));
    await writeFile(at(`${name}.csv`), `class\n${rows.map((c) => 'abc'[c]).join('\n')}\n`);
  }
  base = ['cluster', '--method', 'dm2c', '--clusters', '3', '--backend', 'onnx', '--quiet'];
  base.push('--set', 'epochs=1', '--modality', at('left.npy'), '--modality', at('right.npy'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test('rows of modalities are objects of their own, labels come once per modality, the model takes mixed data', async () => {
  const out = at('mixed');
  const labels = ['--labels', `${at('left.csv')}:class`, '--labels', `${at('right.csv')}:class`];
  const { code, stdout, stderr } = await command([...base, ...labels, '--json', '--out', out]);
  expect([code, stderr]).toEqual([0, '']);
  const result = JSON.parse(stdout) as ClusterResult;
  expect(result).toMatchObject({ method: 'dm2c', n: 84, clusters: 3, options: { epochs: 1 } });
  expect(result.metrics!.acc).toBe(1);
  const matrices = await Promise.all(
    ['left', 'right'].map(async (name) => {
      const stored = readNpy(await readFile(at(`${name}.npy`)));
      if (stored.kind !== 'array') throw new Error('expected an array');
      const { shape, values } = stored;
      return vectors(name, {
        kind: 'dense',
        rows: shape[0]!,
        columns: shape[1]!,
        values: Float32Array.from(values),
      });
    }),
  );
  const model = await loadModel(out, 'mixed');
  expect([...(await model.predict(mixed(matrices)))]).toEqual(result.labels);
  model.dispose();
  await expect(loadModel(out)).rejects.toThrow(/loadModel\(directory, 'mixed'\)/);
});

test.each<[string, () => string[], RegExp]>([
  [
    'labels of one modality only',
    () => ['--labels', `${at('left.csv')}:class`],
    /84 labels.*modality after modality.*44/,
  ],
  [
    'labels of modalities in another order',
    () => ['--labels', `${at('right.csv')}:class`, '--labels', `${at('left.csv')}:class`],
    /right\.csv.*44 labels, one per row of modality 'left'.*40/,
  ],
  [
    'labels of more files than modalities',
    () => Array.from({ length: 3 }, () => ['--labels', `${at('left.csv')}:class`]).flat(),
    /--labels: expected one file, or one for each of 2 modalities, got 3/,
  ],
  ['an anchor that is not there', () => ['--set', 'anchor=middle'], /'left', 'right'.*'middle'/],
])('%s end with 2 and one sentence', async (_, more, says) => {
  const { code, stderr } = await command([...base, ...more()]);
  expect(code).toBe(2);
  expect(stderr).toMatch(says);
  expect(stderr).toMatch(/^crossmodal: [^\n]*\n$/);
});

test('several files of labels are refused for paired rows', async () => {
  const argv = ['cluster', '--method', 'exact', '--clusters', '3', '--quiet', '--modality', at('left.npy')];
  const labels = ['--labels', `${at('left.csv')}:class`, '--labels', `${at('right.csv')}:class`];
  const { code, stderr } = await command([...argv, ...labels]);
  expect([code, stderr]).toEqual([2, expect.stringMatching(/--labels: expected one file.*got 2/)]);
});
