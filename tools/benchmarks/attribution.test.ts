import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { randomSource } from '@crossmodal/core';
import { latentClusters } from '@crossmodal/datasets';
import { useBackend } from '@crossmodal/tensors';
import { beforeAll, describe, expect, test } from 'vitest';
import { fitVariant } from './ablations/fit-variant.js';
import { readResults } from './ablations/results.js';
import { digestOf } from './attribution/digest.js';
import { finalLoss } from './attribution/final-loss.js';
import { attributionTable, type AttributionResult } from './attribution/table.js';
import { attributions, DEFAULT } from './attribution/variants.js';
import { worthTable } from './attribution/worth-table.js';
import { SHORT_FITS } from '../contract/short-fits.js';

/** On vectors, which have no common basis, the default of dm2c chooses k-means by itself. */
const SAME: Readonly<Record<string, readonly string[]>> = { dm2c: ['k-means of the latents'] };

beforeAll(() => useBackend('onnx', { threads: 1 }));

describe('variants are made of options, and each has another result than the default (seed 1)', () => {
  const drawn = latentClusters({
    n: 36,
    clusters: 3,
    modalities: [{ dimension: 8 }, { dimension: 6 }],
    random: randomSource(1),
  });
  const given = { ...drawn, clusters: 3 };

  test.each(attributions)('$name', async (comparison) => {
    const { name: method, variants } = comparison;
    const digests = new Map<string, string>();
    for (const variant of variants) {
      const { preset, training = preset } = variant.options;
      const short = SHORT_FITS[method]![training === 'paper' ? 'paper' : 'default'];
      const shortened = { ...variant, options: played({ ...short, ...variant.options }) };
      digests.set(variant.name, digestOf((await fitVariant(comparison, shortened, given, 1)).fitted));
    }
    expect(digests.size).toBe(variants.length);
    const { [DEFAULT]: plain, ...others } = Object.fromEntries(digests);
    const same = Object.keys(others).filter((name) => others[name] === plain);
    expect(same).toEqual(SAME[method] ?? []);
  });

  /** Without the options of a game that is not played, where they would be refused. */
  function played({ epochs, criticWarmup, ...options }: Readonly<Record<string, unknown>>) {
    return options['adversarial'] === false ? options : defined({ ...options, epochs, criticWarmup });
  }

  function defined(options: Readonly<Record<string, unknown>>) {
    return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
  }
});

describe('the command, small', () => {
  const run = promisify(execFile);
  const command = (args: readonly string[]) =>
    run(
      process.execPath,
      [
        '--import',
        'tsx',
        '--conditions=@crossmodal/source',
        join(import.meta.dirname, 'attribution/run.ts'),
        ...args,
      ],
      { cwd: join(import.meta.dirname, '../..') },
    );

  test('fits default and variant, keeps the runs, goes on from them, and prints the table', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'attribution-'));
    const out = join(folder, 'runs.jsonl');
    const args = ['--methods', 'exact', '--variants', 'no heat weights', '--sets', 'planted'];
    const { stdout } = await command([...args, '--samples', '60', '--seeds', '1', '--out', out]);
    const rows = readResults<AttributionResult>(out);
    expect(rows.map(({ variant }) => variant)).toEqual([DEFAULT, 'no heat weights']);
    expect(rows[0]!.digest).not.toBe(rows[1]!.digest);
    expect(stdout).toMatch(/### planted, 60 objects, draw 0/);
    expect(stdout).toMatch(
      /\| exact \| no heat weights \| 1 \| \d\.\d{3} ± 0\.000 .*[+−]0\.\d{3} \| \d+\.\d\d \|/,
    );
    const again = await command([...args, '--samples', '60', '--seeds', '1', '--out', out]);
    expect(again.stdout).toBe(stdout);
    expect(readResults<AttributionResult>(out)).toEqual(rows);
    await rm(folder, { recursive: true });
  });

  test.each([
    ['--methods', 'dmcs'],
    ['--variants', 'without trainings'],
  ])('%s %s is refused, and what there is named', async (option, name) => {
    const failed: unknown = await command([option, name]).catch((error: unknown) => error);
    expect(failed).toMatchObject({ code: 2, stdout: '' });
    const { stderr } = failed as { readonly stderr: string };
    expect(stderr).toMatch(new RegExp(`${option}: expected '.+', '.+', got '${name}'`));
  });
});

test('a variant of the same digests is marked, and the run of the smallest loss is the one shown', () => {
  const row = (variant: string, seed: number, acc: number, loss: number, digest: string) => ({
    ...{ study: 'dmsc', variant, set: 'digits', seed, acc, nmi: 0.5, seconds: 2 },
    ...{ loss, digest },
  });
  const results = [
    row(DEFAULT, 0, 0.5, 0.2, 'a'),
    row(DEFAULT, 1, 0.7, 0.1, 'b'),
    row('without training', 0, 0.5, 0.2, 'a'),
    row('without training', 1, 0.7, 0.1, 'b'),
    { ...row('paper', 0, 0.2, 0.1, 'c'), seconds: 5 },
    { ...row('paper', 1, 0.4, 0.2, 'd'), seconds: 5 },
  ];
  const text = attributionTable(results, { comparisons: attributions, chosen: undefined });
  expect(text.split('\n').slice(2)).toEqual([
    '| dmsc | default | 2 | 0.600 ± 0.100 | 0.500 ± 0.000 | 0.700 | – | 1.00 |',
    '| dmsc | paper | 2 | 0.300 ± 0.100 | 0.500 ± 0.000 | 0.200 | −0.300 | 2.50 |',
    '| dmsc | without training | 2 | 0.600 ± 0.100 | 0.500 ± 0.000 | 0.700 | same | 1.00 |',
  ]);
});

test('a table of one method has its sets side by side, and a dash where a set has no run', () => {
  const row = (variant: string, set: string, seed: number, acc: number) => ({
    ...{ study: 'dmsc', variant, set, seed, acc, nmi: 0.5, seconds: 2, digest: `${variant} ${acc}` },
  });
  const results = [
    row(DEFAULT, 'digits', 0, 0.5),
    row(DEFAULT, 'digits', 1, 0.7),
    row(DEFAULT, 'faces', 0, 0.9),
    row('paper', 'digits', 0, 0.2),
    row('paper', 'digits', 1, 0.4),
    { ...row(DEFAULT, 'digits', 0, 0.1), study: 'eamc' },
  ];
  const comparison = attributions.find(({ name }) => name === 'dmsc')!;
  expect(worthTable(results, { comparison, chosen: undefined }).split('\n')).toEqual([
    '| variant | runs | digits: ACC / NMI | difference | faces: ACC / NMI | difference |',
    '| --- | --- | --- | --- | --- | --- |',
    '| default | 2 | 0.600 ± 0.100 / 0.500 ± 0.000 | – | 0.900 ± 0.000 / 0.500 ± 0.000 | – |',
    '| paper | 2 | 0.300 ± 0.100 / 0.500 ± 0.000 | −0.300 | – | – |',
  ]);
});

test('the final loss is the mean of the last tenth of the last phase, and there is none without training', () => {
  const steps = (phase: string, totals: readonly number[]) =>
    totals.map((total, step) => ({ phase, step, losses: { total } }));
  const last = [...new Array<number>(18).fill(9), 1, 3];
  expect(finalLoss([...steps('pretrain', [100, 100]), ...steps('train', last)])).toBe(2);
  expect(finalLoss(steps('train', [4]))).toBe(4);
  expect(finalLoss([])).toBeUndefined();
});
