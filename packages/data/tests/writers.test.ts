import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeDirectoryAtomic, writeFileAtomic } from '../src/index.js';
import { afterEach, beforeEach, expect, test } from 'vitest';

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'crossmodal-data-'));
});
afterEach(async () => rm(root, { recursive: true }));

test('a file is written, replaced, and nothing is left beside it', async () => {
  const path = join(root, 'deep', 'a.bin');
  await writeFileAtomic(path, Uint8Array.of(1, 2));
  await writeFileAtomic(path, 'text');
  expect(await readFile(path, 'utf8')).toBe('text');
  expect(await readdir(join(root, 'deep'))).toEqual(['a.bin']);
});

test('a file that cannot be replaced leaves nothing behind', async () => {
  await mkdir(join(root, 'taken', 'inside'), { recursive: true });
  await expect(writeFileAtomic(join(root, 'taken'), 'text')).rejects.toThrow();
  expect(await readdir(root)).toEqual(['taken']);
});

test('a directory is written, and replaced when it holds the same files', async () => {
  const target = join(root, 'out');
  await writeDirectoryAtomic(target, { 'a.txt': 'one', 'model/w.npz': Uint8Array.of(1) });
  await writeDirectoryAtomic(target, { 'a.txt': 'two', 'b.txt': 'new', 'model/w.npz': Uint8Array.of(2) });
  expect(await readFile(join(target, 'a.txt'), 'utf8')).toBe('two');
  expect([...(await readFile(join(target, 'model/w.npz')))]).toEqual([2]);
  expect((await readdir(target)).sort()).toEqual(['a.txt', 'b.txt', 'model']);
  expect(await readdir(root)).toEqual(['out']);
});

test('an empty directory is filled', async () => {
  await mkdir(join(root, 'out'));
  await writeDirectoryAtomic(join(root, 'out'), { a: 'x' });
  expect(await readdir(join(root, 'out'))).toEqual(['a']);
});

test("a directory with somebody else's file is refused and stays as it was", async () => {
  const target = join(root, 'out');
  await mkdir(join(target, 'notes'), { recursive: true });
  await writeFile(join(target, 'notes', 'mine.txt'), 'mine');
  await expect(writeDirectoryAtomic(target, { a: 'x' })).rejects.toMatchObject({ code: 'state' });
  expect(await readdir(target)).toEqual(['notes']);
  await writeFile(join(root, 'file'), '');
  await expect(writeDirectoryAtomic(join(root, 'file'), { a: 'x' })).rejects.toMatchObject({ code: 'state' });
});

test.each(['../a', '/a', 'a/../../b', '', 'a//b', 'a\\b'])('the file name %j is refused', async (name) => {
  await expect(writeDirectoryAtomic(join(root, 'out'), { [name]: 'x' })).rejects.toMatchObject({
    code: 'option',
  });
  expect(await readdir(root)).toEqual([]);
});

test('a failure halfway leaves the old directory', async () => {
  const target = join(root, 'out');
  await writeDirectoryAtomic(target, { a: 'old' });
  // A name that is both a file and a folder cannot be written.
  await expect(writeDirectoryAtomic(target, { a: 'new', 'a/b': 'x' })).rejects.toThrow();
  expect(await readFile(join(target, 'a'), 'utf8')).toBe('old');
  expect(await readdir(root)).toEqual(['out']);
});
