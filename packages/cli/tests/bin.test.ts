import { readdir, rm, writeFile } from 'node:fs/promises';
import { writeNpy } from '@crossmodal/io';
import { randomSource } from '@crossmodal/core';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { writeFixture } from './fixture.js';
import { ended, start } from './process.js';

let folder: string;
beforeAll(async () => {
  folder = await writeFixture();
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test('bad input ends the process with 2 and one sentence on stderr, without a stack', async () => {
  const cases: readonly (readonly [readonly string[], RegExp])[] = [
    [['gone.mat'], /no such file/],
    [['table.csv:w'], /'w'/],
    [['a.npy', 'short.npy'], /45 rows.*44/],
    [['nan.npy'], /got NaN at row 1/],
    [['a.npy', '--clusters=46'], /1\.\.45.*46/],
  ];
  const runs = cases.map(([args]) => {
    const given = args.flatMap((arg) => (arg.startsWith('--') ? [arg] : ['--modality', join(folder, arg)]));
    return ended(start(['cluster', '--method', 'exact', '--clusters', '3', '--quiet', ...given]));
  });
  for (const [i, { code, stdout, stderr }] of (await Promise.all(runs)).entries()) {
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(cases[i]![1]);
    expect(stderr).toMatch(/^crossmodal: [^\n]*\n$/);
  }
});

test('--json leaves one object on stdout and nothing on stderr when quiet', async () => {
  const argv = ['cluster', '--method', 'exact', '--clusters', '3', '--backend', 'cpu', '--json', '--quiet'];
  const { code, stdout, stderr } = await ended(start([...argv, '--modality', join(folder, 'a.npy')]));
  expect([code, stderr]).toEqual([0, '']);
  expect((JSON.parse(stdout) as { n: number }).n).toBe(45);
});

test.each(['SIGINT', 'SIGTERM'] as const)(
  '%s stops a long fit with 130, and leaves no file',
  async (signal) => {
    // 1,200 objects on pure JavaScript keep a process busy far longer than the grace it has to stop.
    const random = randomSource(3);
    const values = Float32Array.from({ length: 1200 * 20 }, () => random.normal());
    await writeFile(join(folder, 'large.npy'), writeNpy({ shape: [1200, 20], values }));
    const before = await readdir(folder);
    const argv = [
      'cluster',
      '--method',
      'exact',
      '--clusters',
      '9',
      '--backend',
      'cpu',
      '--out',
      join(folder, 'out'),
    ];
    const child = start([...argv, '--modality', join(folder, 'large.npy')]);
    const outcome = ended(child);
    await new Promise<void>((begun) =>
      child.stderr!.on('data', (chunk) => /affinity/.test(String(chunk)) && begun()),
    );
    child.kill(signal);
    const { code, stdout, stderr } = await outcome;
    expect([code, stdout]).toEqual([130, '']);
    expect(stderr).toMatch(/crossmodal: stopped\.\n$/);
    expect(await readdir(folder)).toEqual(before);
  },
);
