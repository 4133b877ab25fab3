import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { checkOutputDirectory, writeDirectory } from './output-directory.js';

let parent: string;
beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), 'crossmodal-output-'));
});
afterEach(() => rm(parent, { recursive: true, force: true }));

const io = { signal: new AbortController().signal };
const fillWith = (text: string) => (directory: string) => writeFile(join(directory, 'labels.csv'), text);

test('a directory appears whole, parents included, and replaces earlier results', async () => {
  const out = join(parent, 'deep', 'out');
  for (const text of ['first', 'second']) {
    await checkOutputDirectory(out);
    await writeDirectory(out, fillWith(text), io);
    expect(await readFile(join(out, 'labels.csv'), 'utf8')).toBe(text);
    expect(await readdir(join(parent, 'deep'))).toEqual(['out']);
  }
});

test('a failure leaves what was there, and nothing else', async () => {
  const out = join(parent, 'out');
  await writeDirectory(out, fillWith('kept'), io);
  const failing = async (directory: string) => {
    await fillWith('half')(directory);
    throw new Error('disk full');
  };
  await expect(writeDirectory(out, failing, io)).rejects.toThrow('disk full');
  expect(await readFile(join(out, 'labels.csv'), 'utf8')).toBe('kept');
  expect(await readdir(parent)).toEqual(['out']);
});

test('a stop while writing leaves nothing, and the staging directory is told', async () => {
  const controller = new AbortController();
  const told: (string | undefined)[] = [];
  const stopped = writeDirectory(join(parent, 'out'), async () => controller.abort(), {
    signal: controller.signal,
    onStaging: (directory) => told.push(directory),
  });
  await expect(stopped).rejects.toThrow();
  expect(await readdir(parent)).toEqual([]);
  expect(told).toEqual([expect.stringContaining(parent), undefined]);
});

test('a file, and a directory that holds something else, are refused', async () => {
  await writeFile(join(parent, 'file'), '');
  await expect(checkOutputDirectory(join(parent, 'file'))).rejects.toThrow('a directory');
  await mkdir(join(parent, 'photos'));
  await writeFile(join(parent, 'photos', 'cat.png'), '');
  await expect(checkOutputDirectory(join(parent, 'photos'))).rejects.toThrow('cat.png');
});

test('the working directory, named or by an empty path, is refused', async () => {
  for (const out of ['', '.', process.cwd()]) {
    await expect(checkOutputDirectory(out)).rejects.toMatchObject({ code: 'option' });
  }
});

test('a directory that cannot be made is told before the work, and the check leaves nothing', async () => {
  await writeFile(join(parent, 'file'), '');
  await expect(checkOutputDirectory(join(parent, 'file', 'out'))).rejects.toThrow('not a directory');
  await checkOutputDirectory(join(parent, 'deep', 'out'));
  expect(await readdir(parent)).toEqual(['file']);
});

test.skipIf(process.platform !== 'linux')('a file system that takes no directories is refused', async () => {
  await expect(checkOutputDirectory('/proc/out')).rejects.toMatchObject({ code: 'option' });
});

test('files that came while the work went on are kept', async () => {
  const out = join(parent, 'out');
  await mkdir(out);
  const late = async (directory: string) => {
    await fillWith('new')(directory);
    await writeFile(join(out, 'notes.txt'), '');
  };
  await expect(writeDirectory(out, late, io)).rejects.toThrow('notes.txt');
  expect(await readdir(parent)).toEqual(['out']);
  expect(await readdir(out)).toEqual(['notes.txt']);
});
