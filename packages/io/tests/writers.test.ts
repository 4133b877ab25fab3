import { lstat, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DIRECTORY_MARK, writeDirectoryAtomic, writeFileAtomic } from '../src/index.js';
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
  expect((await readdir(target)).sort()).toEqual(['a.txt', 'b.txt', DIRECTORY_MARK, 'model']);
  expect(await readdir(root)).toEqual(['out']);
});

test('an empty directory is filled', async () => {
  await mkdir(join(root, 'out'));
  await writeDirectoryAtomic(join(root, 'out'), { a: 'x' });
  expect(await readdir(join(root, 'out'))).toEqual(['a', DIRECTORY_MARK]);
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

test('files of the same names that somebody else wrote, or that were changed since, are refused and stay', async () => {
  const target = join(root, 'model');
  const files = { 'model.json': '{}', 'arrays.npz': 'weights' };
  await mkdir(target);
  await writeFile(join(target, 'model.json'), 'of another program');
  await expect(writeDirectoryAtomic(target, files)).rejects.toMatchObject({
    code: 'state',
    received: expect.stringContaining("'model.json'"),
  });
  expect(await readdir(target)).toEqual(['model.json']);
  expect(await readFile(join(target, 'model.json'), 'utf8')).toBe('of another program');

  const ours = join(root, 'ours');
  await writeDirectoryAtomic(ours, files);
  await writeFile(join(ours, 'arrays.npz'), 'changed');
  await expect(writeDirectoryAtomic(ours, files)).rejects.toThrow("'arrays.npz'");
  expect(await readFile(join(ours, 'arrays.npz'), 'utf8')).toBe('changed');
});

test('a mark that somebody wrote does not make their files ours', async () => {
  const target = join(root, 'out');
  await mkdir(target);
  await writeFile(join(root, 'diary.txt'), 'dear');
  await writeFile(join(target, DIRECTORY_MARK), '{"files":{"../diary.txt":{"bytes":4,"sha256":"00"}}}');
  await expect(writeDirectoryAtomic(target, { a: 'x' })).rejects.toMatchObject({ code: 'state' });
  expect(await readdir(target)).toEqual([DIRECTORY_MARK]);
  expect(await readFile(join(root, 'diary.txt'), 'utf8')).toBe('dear');
});

test('links: one to a directory is followed, one to a file, to nothing or inside is refused, and all stay', async () => {
  await mkdir(join(root, 'real'));
  await symlink('real', join(root, 'link'));
  await writeDirectoryAtomic(join(root, 'link'), { a: 'x' });
  expect(await readdir(join(root, 'real'))).toEqual(['a', DIRECTORY_MARK]);
  await symlink('nowhere', join(root, 'dangling'));
  await writeFile(join(root, 'file'), 'text');
  await symlink('file', join(root, 'to-file'));
  for (const name of ['dangling', 'to-file']) {
    await expect(writeDirectoryAtomic(join(root, name), { a: 'x' })).rejects.toMatchObject({ code: 'state' });
  }
  await mkdir(join(root, 'holder'));
  await mkdir(join(root, 'elsewhere'));
  await symlink('../elsewhere', join(root, 'holder', 'model'));
  await expect(writeDirectoryAtomic(join(root, 'holder'), { 'model/a': 'x' })).rejects.toThrow("'model'");
  expect(await readdir(join(root, 'elsewhere'))).toEqual([]);
  for (const name of ['link', 'dangling', 'to-file', 'holder/model']) {
    expect((await lstat(join(root, name))).isSymbolicLink()).toBe(true);
  }
  expect((await readdir(root)).filter((name) => name.startsWith('.'))).toEqual([]);
});

test('a link to a file stays one when the file is written; one that leads nowhere is refused', async () => {
  await writeFile(join(root, 'file'), 'old');
  await symlink('file', join(root, 'link'));
  await writeFileAtomic(join(root, 'link'), 'new');
  expect((await lstat(join(root, 'link'))).isSymbolicLink()).toBe(true);
  expect(await readFile(join(root, 'file'), 'utf8')).toBe('new');
  await symlink('nowhere', join(root, 'dangling'));
  await expect(writeFileAtomic(join(root, 'dangling'), 'x')).rejects.toMatchObject({ code: 'state' });
});

test('names as long as the file system allows are written; longer ones are refused in one sentence', async () => {
  await writeDirectoryAtomic(join(root, 'd'.repeat(255)), { a: 'x' });
  await writeFileAtomic(join(root, 'f'.repeat(255)), 'x');
  await expect(writeDirectoryAtomic(join(root, 'd'.repeat(256)), { a: 'x' })).rejects.toMatchObject({
    code: 'state',
    received: "'name too long'",
  });
  expect((await readdir(root)).map((name) => name.length)).toEqual([255, 255]);
});
