import { link, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { OutputError } from './output-error.js';
import { withOutput, type OutputArguments } from './with-output.js';

let parent: string;
let out: string;
beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), 'crossmodal-output-'));
  out = join(parent, 'out');
});
afterEach(() => rm(parent, { recursive: true, force: true }));

const io = { signal: new AbortController().signal };
const fillWith = (text: string) => (directory: string) => writeFile(join(directory, 'labels.csv'), text);

/** Writes results of a text as a command does, and gives what went wrong late. */
async function write(
  args: Partial<OutputArguments>,
  fill: (directory: string) => Promise<void> = fillWith('new'),
): Promise<Error | undefined> {
  let failure: Error | undefined;
  await withOutput({ out, modality: [], labels: [], ...args }, io, async (output) => {
    failure = await output!.write(fill);
  });
  return failure;
}

test('a directory appears whole, parents included; --force replaces earlier results and keeps the files of others', async () => {
  out = join(parent, 'deep', 'out');
  expect(await write({}, fillWith('first'))).toBeUndefined();
  await writeFile(join(out, 'notes.txt'), 'mine');
  await expect(write({})).rejects.toThrow(/earlier results.*--force/);
  expect(await write({ force: true }, fillWith('second'))).toBeUndefined();
  expect(await readFile(join(out, 'labels.csv'), 'utf8')).toBe('second');
  expect(await readFile(join(out, 'notes.txt'), 'utf8')).toBe('mine');
  expect(await readdir(join(parent, 'deep'))).toEqual(['out']);
});

test("results without a mark, and anybody's files, are refused with --force named, and with it where they are in the way", async () => {
  await mkdir(join(out, 'model', 'checkpoints'), { recursive: true });
  await writeFile(join(out, 'model', 'checkpoints', 'best.bin'), 'weights');
  await writeFile(join(out, 'labels.csv'), 'mine');
  let started = false;
  for (const [force, says] of [
    [false, '--force'],
    [true, "'labels.csv'"],
  ] as const) {
    const command = async () => {
      started = true;
    };
    await expect(withOutput({ out, force, modality: [], labels: [] }, io, command)).rejects.toMatchObject({
      code: 'option',
      message: expect.stringContaining(says),
    });
  }
  expect(started).toBe(false);
  expect(await readFile(join(out, 'labels.csv'), 'utf8')).toBe('mine');
  await rm(join(out, 'labels.csv'));
  expect(await write({ force: true })).toBeUndefined();
  expect(await readFile(join(out, 'model', 'checkpoints', 'best.bin'), 'utf8')).toBe('weights');
});

test('a directory that holds what is read is refused even with --force, whatever the path says', async () => {
  await write({}, fillWith('cluster\n0\n'));
  const input = join(out, 'data.npy');
  await writeFile(input, '');
  await mkdir(join(parent, 'elsewhere'));
  await symlink('out', join(parent, 'way-round'));
  await symlink(input, join(parent, 'elsewhere', 'link.npy'));
  await link(join(out, 'labels.csv'), join(parent, 'elsewhere', 'hard.csv'));
  await symlink('out', join(parent, 'out-link'));
  for (const [path, to] of [
    [`${input}:fea,image=2x2`, out],
    [`${parent}/elsewhere/../out/data.npy,name=x`, out],
    [join(parent, 'way-round', 'data.npy'), out],
    [join(parent, 'elsewhere', 'link.npy'), out],
    [`${join(parent, 'elsewhere', 'hard.csv')}:cluster`, out],
    [input, join(parent, 'out-link')],
  ] as const) {
    for (const args of [{ modality: [path] }, { labels: [path] }]) {
      await expect(write({ out: to, force: true, ...args })).rejects.toThrow(/the files that are read/);
    }
  }
  expect(await readFile(join(out, 'labels.csv'), 'utf8')).toBe('cluster\n0\n');
  expect(await write({ force: true, modality: [join(parent, 'other.npy')] })).toBeUndefined();
});

test('a failure leaves what was there and nothing else; what the system says becomes one sentence', async () => {
  await write({}, fillWith('kept'));
  const failing = async (directory: string) => {
    await fillWith('half')(directory);
    throw Object.assign(new Error("ENOSPC: no space left on device, write '/x'"), { code: 'ENOSPC' });
  };
  const failure = await write({ force: true }, failing);
  expect(failure).toBeInstanceOf(OutputError);
  expect(failure!.message).toBe(
    `--out '${out}': expected a directory that can be written, got 'no space left on device'. Make room on the disk, or choose another directory.`,
  );
  expect(await readFile(join(out, 'labels.csv'), 'utf8')).toBe('kept');
  expect(await readdir(parent)).toEqual(['out']);
});

test('a stop while writing leaves nothing, and the directory is told', async () => {
  const controller = new AbortController();
  const told: (string | undefined)[] = [];
  const { signal } = controller;
  const onStaging = (directory: string | undefined) => told.push(directory);
  const stopped = withOutput({ out, modality: [], labels: [] }, { signal, onStaging }, async (output) => {
    await output!.write(async () => controller.abort());
  });
  await expect(stopped).rejects.toThrow();
  expect(await readdir(parent)).toEqual([]);
  expect(told).toEqual([out, undefined]);
});

test('a file, the working directory, an empty path, and --force without --out are refused', async () => {
  await writeFile(join(parent, 'file'), '');
  for (const path of [join(parent, 'file'), join(parent, 'file', 'out'), '', '.', process.cwd()]) {
    await expect(write({ out: path })).rejects.toMatchObject({ code: 'option' });
  }
  const none = withOutput({ force: true, modality: [], labels: [] }, io, async () => {});
  await expect(none).rejects.toThrow('--force');
  expect(await readdir(parent)).toEqual(['file']);
});

test.skipIf(process.platform !== 'linux')('a file system that takes no directories is refused', async () => {
  await expect(write({ out: '/proc/out' })).rejects.toMatchObject({ code: 'option' });
});

test('files that came while the work went on are kept, and the failure is told afterwards', async () => {
  const late = async (directory: string) => {
    await fillWith('new')(directory);
    await mkdir(out);
    await writeFile(join(out, 'notes.txt'), '');
  };
  expect((await write({}, late))?.message).toContain('notes.txt');
  expect(await readdir(parent)).toEqual(['out']);
  expect(await readdir(out)).toEqual(['notes.txt']);
});
