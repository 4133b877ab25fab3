import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomSource } from '@crossmodal/core';
import { gaussianBlobs } from '@crossmodal/data';
import { expect, test } from 'vitest';
import { createExact, loadExact } from './index.js';

test('a saved model with options that no fit could have is damaged, not a mistake of the caller', async () => {
  const { data } = gaussianBlobs({
    n: 12,
    clusters: 2,
    modalities: [{ dimension: 3 }],
    random: randomSource(1),
  });
  const directory = join(await mkdtemp(join(tmpdir(), 'crossmodal-exact-')), 'model');
  await (await createExact().fit(data, { clusters: 2 })).save(directory);
  const path = join(directory, 'model.json');
  const good = await readFile(path, 'utf8');
  for (const [from, to] of [
    ['"width": 3', '"width": -3'],
    ['"graphs": "R"', '"graphs": "Q"'],
  ] as const) {
    expect(good).toContain(from);
    await writeFile(path, good.replace(from, to));
    await expect(loadExact(directory)).rejects.toMatchObject({ code: 'format' });
  }
  await rm(join(directory, '..'), { recursive: true });
});
