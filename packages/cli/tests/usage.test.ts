import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { BUILT_IN } from '../src/methods/built-in.js';
import { command, writeFixture } from './fixture.js';

let folder: string;
beforeAll(async () => {
  folder = await writeFixture();
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test.each([[['--help']], [['cluster', '--help']], [['--version']]])(
  '%j ends with 0 and speaks on stdout',
  async (argv) => {
    const { code, stdout, stderr } = await command(argv);
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout.length).toBeGreaterThan(4);
  },
);

test('the help names every method and every key', async () => {
  const { stdout } = await command(['cluster', '--help']);
  const keys = [
    'name=',
    'image=',
    'order=',
    'edges=sobel',
    'hog',
    'scale=',
    'pca=',
    'rows=',
    'absent=',
    'transpose',
  ];
  for (const word of [...Object.keys(BUILT_IN), ...keys]) expect(stdout).toContain(word);
});

test.each([
  [['cluster']],
  [['cluster', '--method', 'magic']],
  [['cluster', '--method', 'exact', '--clusters', 'three', '--modality', 'x.npy']],
  [['cluster', '--method', 'exact', '--clusters', '0', '--modality', 'x.npy']],
  [['cluster', '--method', 'exact', '--clusters', '2', '--modality', 'x.npy', '--seed', '-1']],
  [['cluster', '--method', 'exact', '--clusters', '2', '--modality', 'x.npy', '--colour']],
  [['paint']],
  [['evaluate', '--labels', 'y.csv']],
])('%j ends with 2 and one line on stderr', async (argv) => {
  const { code, stdout, stderr } = await command(argv);
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).toMatch(/^crossmodal: [^\n]+\n$/);
});

test('evaluate scores one labelling against another, whatever the names', async () => {
  const y = `${join(folder, 'y.csv')}:class`;
  const { code, stdout } = await command(['evaluate', '--labels', y, '--predicted', y]);
  expect(code).toBe(0);
  expect(stdout).toMatch(/45 objects +1\.000 +1\.000/);
  const half = await command(['evaluate', '--labels', `${y},rows=0:21`, '--predicted', y, '--json']);
  expect(half.code).toBe(2);
  expect(half.stderr).toMatch(/22.*45|45.*22/);
});

describe('evaluate and headers of text alone', () => {
  const names = (first: string) =>
    `${[first, ...Array.from({ length: 60 }, (_, i) => 'abc'[i % 3]!)].join('\n')}\n`;
  const files: Record<string, string> = {
    'truth.csv': names('label'),
    'found.tsv': names('label'),
    'two.csv': names('id,label').replace(/\n([abc])/g, '\nobject,$1'),
    'bare.txt': names('b'),
    'numbers.csv': `cluster\n${'1\n2\n'.repeat(30)}`,
    'zeros.csv': `cluster\n${'0\n'.repeat(61)}`,
  };
  beforeAll(async () => {
    for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
  });
  const evaluate = (labels: string, predicted: string) =>
    command(['evaluate', '--labels', join(folder, labels), '--predicted', join(folder, predicted)]);

  test.each([
    ['truth.csv', 'found.tsv'],
    ['truth.csv', 'zeros.csv'],
    ['bare.txt', 'truth.csv'],
    ['two.csv:column2', 'bare.txt'],
    ['truth.csv', 'numbers.csv'],
    ['numbers.csv', 'truth.csv'],
  ])('%s against %s: a header is not scored as an object', async (labels, predicted) => {
    const { code, stdout, stderr } = await evaluate(labels, predicted);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/'label'.*PATH:label\.[^\n]*\n$/);
  });

  test.each([
    ['truth.csv:label', 'found.tsv:label', 60],
    ['two.csv:label', 'numbers.csv', 60],
    ['bare.txt', 'bare.txt', 61],
    ['truth.csv,rows=0:', 'found.tsv,rows=0:', 61],
    ['bare.txt', 'zeros.csv', 61],
  ])('%s against %s is scored', async (labels, predicted, n) => {
    const { code, stdout } = await evaluate(labels, predicted);
    expect(code).toBe(0);
    expect(stdout).toContain(`${n} objects`);
  });
});

test('doctor says of every backend whether it is picked, and why', async () => {
  const { code, stdout } = await command(['doctor', '--json']);
  expect(code).toBe(0);
  const report = JSON.parse(stdout) as {
    node: string;
    backends: { name: string; picked: boolean; reason: string; gflops?: number }[];
  };
  expect(report.node).toBe(process.version);
  expect(report.backends.filter(({ picked }) => picked)).toHaveLength(1);
  for (const { reason } of report.backends) expect(reason).not.toBe('');
  expect(report.backends.find(({ name }) => name === 'cpu')!.gflops).toBeGreaterThan(0);
});

// Windows decides for itself what becomes of the library's events.
test.skipIf(process.platform === 'win32')(
  'doctor says that telemetry is off, and what the install left',
  async () => {
    const { stdout } = await command(['doctor']);
    expect(stdout).toMatch(/^telemetry of ONNX Runtime: off \(.+\)$/m);
    expect(stdout).toMatch(/^install of ONNX Runtime: onnxruntime-node [\d.]+, complete/m);
    const report = JSON.parse((await command(['doctor', '--json'])).stdout) as { telemetry: unknown };
    expect(report.telemetry).toEqual({ onnxRuntime: 'off', reason: expect.stringMatching(/./) });
  },
);
