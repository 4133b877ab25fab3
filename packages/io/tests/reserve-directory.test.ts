import { spawnSync } from 'node:child_process';
import type * as NodeFs from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import {
  DIRECTORY_MARK,
  removeAbandonedBeside,
  reserveDirectory,
  type ReservedDirectory,
} from '../src/index.js';

/** Moves that are still carried out; those after them fail, as those of a killed process do not happen. */
const moves = vi.hoisted(() => ({ left: Infinity, failing: Infinity }));
vi.mock('node:fs', async (load) => {
  const fs = await load<typeof NodeFs>();
  return {
    ...fs,
    renameSync: (from: string, to: string) => {
      if (moves.left-- <= 0 && moves.failing-- > 0) throw new Error('cut off');
      fs.renameSync(from, to);
    },
  };
});

let root: string;
let out: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'crossmodal-reserve-'));
  out = join(root, 'out');
});
afterEach(async () => {
  moves.left = Infinity;
  await rm(root, { recursive: true });
});

const NEW = { 'a.txt': 'new a', 'deep/b.txt': 'new b', 'deep/c.txt': 'new c' };
const OLD = { 'a.txt': 'old a', 'deep/b.txt': 'old b', 'gone/d.txt': 'old d' };
const THEIRS = { 'notes.txt': 'mine', 'deep/figure.svg': 'mine too', 'gone/table.csv': 'and mine' };

async function put(directory: string, files: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(directory, name)), { recursive: true });
    await writeFile(join(directory, name), text);
  }
}

async function contents(directory: string): Promise<Record<string, string>> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  const read = files.map(async ({ parentPath, name }) => {
    const path = join(parentPath, name);
    return [path.slice(directory.length + 1), await readFile(path, 'utf8')] as const;
  });
  const all = Object.fromEntries(await Promise.all(read));
  delete all[DIRECTORY_MARK];
  return all;
}

async function reserve(existing: 'refuse' | 'own' | 'beside'): Promise<ReservedDirectory> {
  return reserveDirectory(out, { existing, names: Object.keys(NEW) });
}

async function write(files: Readonly<Record<string, string>>, existing: 'refuse' | 'beside'): Promise<void> {
  const reserved = await reserve(existing);
  try {
    await reserved.write((staging) => put(staging, files));
  } finally {
    reserved.release();
  }
}

/** Makes it look as if the process that has a workspace had ended. */
async function orphan(workspace: string): Promise<void> {
  const { pid } = spawnSync(process.execPath, ['--version']);
  const path = join(workspace, 'owner.json');
  await writeFile(path, JSON.stringify({ ...JSON.parse(await readFile(path, 'utf8')), pid }));
}

test('our unchanged files are replaced or removed, all others stay', async () => {
  await write(OLD, 'refuse');
  await put(out, THEIRS);
  await expect(write(NEW, 'refuse')).rejects.toThrow('earlier results');
  await write(NEW, 'beside');
  expect(await contents(out)).toEqual({ ...NEW, ...THEIRS });
  expect(await readdir(root)).toEqual(['out']);
});

test.each(['a.txt', 'deep', 'deep/b.txt', DIRECTORY_MARK])(
  "somebody's '%s' in the way is refused before anything is written, and named",
  async (name) => {
    await put(out, { [name]: 'mine' });
    await expect(reserve('beside')).rejects.toMatchObject({
      code: 'state',
      received: expect.stringContaining(`'${name}'`),
    });
    expect(await readFile(join(out, name), 'utf8')).toBe('mine');
    expect(await readdir(root)).toEqual(['out']);
  },
);

test('a file of ours that was changed, and files that come while the work goes on, are refused and kept', async () => {
  await write(OLD, 'refuse');
  const reserved = await reserve('beside');
  const late = reserved.write(async (staging) => {
    await put(staging, NEW);
    await put(out, { 'a.txt': 'edited' });
  });
  await expect(late).rejects.toThrow("'a.txt'");
  reserved.release();
  expect(await contents(out)).toEqual({ ...OLD, 'a.txt': 'edited' });
  await expect(reserve('beside')).rejects.toThrow("'a.txt'");
  expect(await readdir(root)).toEqual(['out']);
});

test('while one process has a directory, another is refused; parents that were made go with a reservation', async () => {
  out = join(root, 'deep', 'er', 'out');
  const first = await reserve('refuse');
  await expect(reserve('refuse')).rejects.toThrow(`process ${process.pid} is writing`);
  first.release();
  expect(await readdir(root)).toEqual([]);
});

test('of many that write at once, one writes, the others are refused, and nothing is half-written', async () => {
  const outcomes = await Promise.allSettled(
    Array.from({ length: 8 }, (_, i) => write({ ...NEW, 'a.txt': `${i}` }, 'beside')),
  );
  const winners = outcomes.flatMap(({ status }, i) => (status === 'fulfilled' ? [`${i}`] : []));
  expect(winners.length).toBeGreaterThan(0);
  const found = await contents(out);
  expect(winners).toContain(found['a.txt']);
  expect(found).toEqual({ ...NEW, 'a.txt': found['a.txt'] });
  expect(await readdir(root)).toEqual(['out']);
});

// Three of our files and their mark make room, three and their mark come in.
const STEPS = 8;
const CUTS = Array.from({ length: STEPS + 1 }, (_, step) => step);

describe.each([[{}], [THEIRS]])('a move into a directory that also holds %j', (theirs) => {
  beforeEach(async () => {
    await write(OLD, 'refuse');
    await put(out, theirs);
  });

  test.each(CUTS)('killed after %i moves: the next to write beside it finishes the move', async (step) => {
    const reserved = await reserve('beside');
    moves.left = step;
    await reserved.write((staging) => put(staging, NEW)).catch(() => {});
    // Had the process been killed, what was done would not have been undone.
    moves.left = Infinity;
    await orphan(reserved.workspace);
    await removeAbandonedBeside(join(root, 'other'));
    expect(await contents(out)).toEqual({ ...NEW, ...theirs });
    expect(await readdir(root)).toEqual(['out']);
  });

  test.each(CUTS.slice(0, -1))('move %i fails: everything is as it was', async (step) => {
    const reserved = await reserve('beside');
    [moves.left, moves.failing] = [step, 1];
    await expect(reserved.write((staging) => put(staging, NEW))).rejects.toThrow('cut off');
    reserved.release();
    expect(await contents(out)).toEqual({ ...OLD, ...theirs });
    expect(await readdir(root)).toEqual(['out']);
    [moves.left, moves.failing] = [Infinity, Infinity];
    await write(NEW, 'beside');
    expect(await contents(out)).toEqual({ ...NEW, ...theirs });
  });
});

test.each(['', '{"files": ["a', '{"files": ["../a.txt"], "replaced": {}}'])(
  'a journal that is damaged (%j) stops nobody, and what it stands for is kept',
  async (journal) => {
    await write(OLD, 'refuse');
    const reserved = await reserve('beside');
    moves.left = 1;
    await reserved.write((staging) => put(staging, NEW)).catch(() => {});
    moves.left = Infinity;
    await writeFile(join(reserved.workspace, 'journal.json'), journal);
    await orphan(reserved.workspace);
    await removeAbandonedBeside(join(root, 'other'));
    const left = (await readdir(root)).filter((name) => name !== 'out');
    expect(left).toHaveLength(1);
    expect(await readFile(join(root, left[0]!, 'journal.json'), 'utf8')).toBe(journal);
  },
);

test('what a killed process left is removed before it moved anything; folders of a like name, and of live processes, stay', async () => {
  const reserved = await reserve('refuse');
  await put(join(reserved.workspace, 'new'), NEW);
  await orphan(reserved.workspace);
  const alike = join(root, `.crossmodal-${'0'.repeat(16)}`);
  await put(alike, { 'owner.json': '{"pid":1}', 'photo.jpg': 'mine' });
  const live = await reserveDirectory(join(root, 'live'), { existing: 'refuse', names: [] });
  await removeAbandonedBeside(join(root, 'third'));
  expect((await readdir(root)).map((name) => join(root, name)).sort()).toEqual(
    [alike, live.workspace].sort(),
  );
  expect(await readFile(join(alike, 'photo.jpg'), 'utf8')).toBe('mine');
  live.release();
});

test('a file that somebody put in the way of a move that was cut off is kept, and so is what was to move', async () => {
  await write(OLD, 'refuse');
  const reserved = await reserve('beside');
  moves.left = 4;
  await reserved.write((staging) => put(staging, NEW)).catch(() => {});
  moves.left = Infinity;
  await put(out, { 'a.txt': 'mine' });
  await orphan(reserved.workspace);
  await removeAbandonedBeside(out);
  expect(await readFile(join(out, 'a.txt'), 'utf8')).toBe('mine');
  const kept = (await readdir(root)).filter((name) => name.startsWith('.crossmodal-'));
  expect(kept).toHaveLength(1);
  expect(await contents(join(root, kept[0]!, 'new'))).toMatchObject({ 'a.txt': 'new a' });
});
