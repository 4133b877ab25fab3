import { openSync } from 'node:fs';
import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { command, writeFixture } from './fixture.js';
import { ended, says, start, workerOf } from './process.js';

const isLinux = process.platform === 'linux';
const ONE_SENTENCE = /^crossmodal: [^\n]*\n$/;

let folder: string;
let work: string;
let out: string;
let loud: string[];
let quiet: string[];
beforeAll(async () => {
  folder = await writeFixture();
  const base = ['cluster', '--method', 'exact', '--clusters', '3', '--backend', 'cpu'];
  loud = [...base, '--json', '--modality', join(folder, 'a.npy')];
  quiet = [...loud, '--quiet'];
  work = join(folder, 'work');
  out = join(work, 'out');
});
afterAll(() => rm(folder, { recursive: true, force: true }));
beforeEach(async () => {
  await rm(work, { recursive: true, force: true });
  await mkdir(work);
});

/** Whether the result directory holds one whole result. */
async function isWhole(directory = out): Promise<boolean> {
  const { labels } = JSON.parse(await readFile(join(directory, 'result.json'), 'utf8')) as {
    labels: number[];
  };
  return (await readFile(join(directory, 'labels.csv'), 'utf8')) === `cluster\n${labels.join('\n')}\n`;
}

describe('streams', () => {
  test('a reader that leaves, such as head, ends nothing: the results are written, and nothing is said', async () => {
    const child = start([...quiet, '--out', out]);
    child.stdout!.destroy();
    expect(await ended(child)).toMatchObject({ code: 0, stderr: '' });
    expect(await isWhole()).toBe(true);
  });

  test('a stderr that nobody reads ends nothing', async () => {
    const child = start([...loud, '--out', out]);
    child.stderr!.destroy();
    const { code, stdout } = await ended(child);
    expect([code, stdout]).toEqual([0, expect.stringContaining('"labels"')]);
    expect(await isWhole()).toBe(true);
  });

  test.skipIf(!isLinux)('a full stdout ends with 3 and one sentence; the results are written', async () => {
    const full = openSync('/dev/full', 'w');
    const child = start([...quiet, '--out', out], ['ignore', full, 'pipe']);
    const { code, stderr } = await ended(child);
    expect([code, stderr]).toEqual([3, 'crossmodal: stdout cannot be written: no space left on device.\n']);
    expect(await isWhole()).toBe(true);
  });

  test.skipIf(!isLinux)('a full stderr ends nothing', async () => {
    const full = openSync('/dev/full', 'w');
    const { code, stdout } = await ended(start(loud, ['ignore', 'pipe', full]));
    expect([code, stdout]).toEqual([0, expect.stringContaining('"labels"')]);
  });
});

describe('signals', () => {
  test.skipIf(!isLinux)(
    'work that the system kills is told in one sentence, with 128 and the signal',
    async () => {
      const child = start([...loud, '--out', out]);
      const outcome = ended(child);
      await says(child, 'reading');
      process.kill(await workerOf(child), 'SIGKILL');
      const { code, stdout, stderr } = await outcome;
      expect([code, stdout]).toEqual([137, '']);
      expect(stderr).toMatch(/\ncrossmodal: the work was killed by SIGKILL, [^\n]*memory[^\n]*\n$/);
      expect(await readdir(work)).toEqual([]);
    },
  );

  test('a closed terminal ends with 129 and leaves nothing', async () => {
    const child = start([...loud, '--out', join(work, 'deep', 'out')]);
    const outcome = ended(child);
    await says(child, 'reading');
    child.kill('SIGHUP');
    expect(await outcome).toMatchObject({
      code: 129,
      stdout: '',
      stderr: expect.stringMatching(/stopped\.\n$/),
    });
    expect(await readdir(work)).toEqual([]);
  });

  test.each([
    ['alone', 0],
    ['alone', 120],
    ['alone', 300],
    ['and its worker', 60],
    ['and its worker', 200],
    ['and its worker', 400],
    ['and its worker', 800],
  ] as const)(
    'Ctrl-C to the command %s after %i ms ends all with 130, or by the signal itself, and leaves nothing',
    async (whom, delay) => {
      const child = start([...loud, '--out', out], 'pipe', true);
      const outcome = ended(child);
      await new Promise((done) => setTimeout(done, delay));
      process.kill(whom === 'alone' ? child.pid! : -child.pid!, 'SIGINT');
      const { code, stdout, stderr } = await outcome;
      expect(stdout).toBe('');
      // Node.js itself has to start before anything can be said.
      if (code === -1) expect([child.signalCode, stderr]).toEqual(['SIGINT', '']);
      else expect([code, stderr]).toEqual([130, expect.stringMatching(/crossmodal: stopped\.\n$/)]);
      expect(await readdir(work)).toEqual([]);
    },
  );

  test.each([0, 10, 30])(
    'when the command is killed %i ms after the writing began, the work leaves all or nothing',
    async (delay) => {
      const child = start([...loud, '--out', out]);
      const outcome = ended(child);
      await says(child, 'writing');
      await new Promise((done) => setTimeout(done, delay));
      child.kill('SIGKILL');
      // The pipes close only when the process that does the work has ended as well.
      await outcome;
      const left = await readdir(work);
      expect([[], ['out']]).toContainEqual(left);
      if (left.length > 0) expect(await isWhole()).toBe(true);
    },
  );

  test.skipIf(!isLinux)(
    'what is left when all processes are killed at once goes with the next run beside it',
    async () => {
      const child = start([...loud, '--out', out], 'pipe', true);
      const outcome = ended(child);
      await says(child, 'reading');
      process.kill(-child.pid!, 'SIGKILL');
      await outcome;
      expect(await readdir(work)).toEqual([expect.stringMatching(/^\.crossmodal-[0-9a-f]{16}$/)]);
      const other = join(work, 'other');
      expect((await command([...quiet, '--out', other])).code).toBe(0);
      expect(await readdir(work)).toEqual(['other']);
      expect(await isWhole(other)).toBe(true);
    },
  );
});

test('of two commands that write the same directory, one is refused before its fit, and the other writes it whole', async () => {
  const runs = await Promise.all(
    [0, 1].map((seed) => ended(start([...quiet, '--seed', `${seed}`, '--out', out]))),
  );
  const refused = runs.filter(({ code }) => code !== 0);
  expect(refused.length).toBeLessThan(2);
  for (const { code, stderr } of refused) {
    expect(code).toBe(2);
    expect(stderr).toMatch(ONE_SENTENCE);
    expect(stderr).toMatch(/process \d+ is writing|earlier results/);
  }
  expect(await readdir(work)).toEqual(['out']);
  expect(await isWhole()).toBe(true);
});
