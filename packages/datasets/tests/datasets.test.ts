import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { randomSource } from '@crossmodal/core';
import { developmentSets, loadMnist, loadMnistUsps } from '../src/index.js';
import { describe, expect, test } from 'vitest';
import { rowsOf } from './rows-of.js';

const root = process.env['CROSSMODAL_DATA'] ?? resolve(import.meta.dirname, '../../../../shared/data');

const shapes: Readonly<Record<string, readonly number[]>> = {
  coil20: [1024, 1024],
  'fashion-mnist': [784, 784],
  'mnist-test': [784, 784],
  'mnist-usps': [784, 784],
  yaleb: [180, 180, 182, 200, 1024],
  orl: [1024, 1024],
  wikipedia: [128, 1000],
  bbcsport: [3183, 3203],
  msrcv1: [24, 576, 512, 256, 254],
  youcook: [300, 300],
};

describe.each(developmentSets.map((set) => [set.name, set] as const))('%s', (name, set) => {
  test.skipIf(!existsSync(join(root, set.folder)))('has the described shape, seed 0', async () => {
    const { data, labels } = await set.load(root, { random: randomSource(0) });
    expect(data.n).toBe(set.n);
    expect(labels.length).toBe(set.n);
    const classes = new Map<number, number>();
    for (const label of labels) classes.set(label, (classes.get(label) ?? 0) + 1);
    expect(classes.size).toBe(set.classes);
    if (set.n === 2000) expect([...classes.values()].every((count) => count === 200)).toBe(true);
    expect(data.modalities.map(({ features }) => features.columns)).toEqual(shapes[name]);
    expect(data.modalities.some(({ kind }) => kind === 'images')).toBe(set.hasImages);
    for (const modality of data.modalities) {
      if (modality.kind !== 'images') continue;
      const { values } = modality.features;
      expect(values.every((x) => x >= 0 && x <= 1)).toBe(true);
      expect(values.some((x) => x > 0.9)).toBe(true);
    }
  });
});

const usps = join(root, 'mnist_usps');
test.skipIf(!existsSync(usps))('digits stand upright: a one is tall, not wide, seed 1', async () => {
  const { data, labels } = await loadMnistUsps(usps, { perClass: 50, random: randomSource(1), hog: true });
  expect(data.modalities.map(({ name }) => name)).toEqual(['mnist', 'usps', 'mnist-hog', 'usps-hog']);
  for (const modality of data.modalities.slice(0, 2)) {
    const ones = rowsOf(modality.features).filter((_, i) => labels[i] === 1);
    const spread = (coordinate: (p: number) => number) =>
      ones.reduce((sum, row) => {
        const mass = row.reduce((a, b) => a + b, 0);
        const mean = row.reduce((a, x, p) => a + x * coordinate(p), 0) / mass;
        return sum + row.reduce((a, x, p) => a + x * (coordinate(p) - mean) ** 2, 0) / mass;
      }, 0);
    expect(spread((p) => Math.floor(p / 28))).toBeGreaterThan(spread((p) => p % 28));
  }
});

const mnist = join(root, 'mnist');
test.skipIf(!existsSync(mnist))('a draw depends on its seed alone', async () => {
  const draw = async (s: number) => {
    const options = { perClass: 2, random: randomSource(s), companion: 'none' } as const;
    return Array.from((await loadMnist(mnist, options)).data.modalities[0]!.features.values).join();
  };
  const first = await draw(3);
  expect((await draw(3)) === first).toBe(true);
  expect((await draw(4)) === first).toBe(false);
  await expect(loadMnist(mnist, { perClass: 5 })).rejects.toMatchObject({ code: 'option' });
});

test('a directory without the files is not found', async () => {
  for (const set of developmentSets) {
    await expect(set.load('/nowhere', { random: randomSource(0) })).rejects.toMatchObject({
      code: 'not-found',
    });
  }
});
