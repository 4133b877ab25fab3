import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { randomSource } from '@crossmodal/core';
import { writeNpz } from '@crossmodal/io';
import { ari } from '@crossmodal/metrics';
import { spectralClustering } from '@crossmodal/spectral';
import { compile, tf, useBackend } from '@crossmodal/tensors';
import { describe, expect, test } from 'vitest';
import { scoresTable } from './consensus/scores-table.js';
import { denseGraph, sparseGraph } from './spectral/graphs.js';
import { dmscStep } from './step/dmsc-step.js';

const root = join(import.meta.dirname, '../..');

/** Output of a benchmark's command, small. */
async function output(script: string, args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const node = ['--import', 'tsx', '--conditions=@crossmodal/source', join(import.meta.dirname, script)];
  const run = promisify(execFile)(process.execPath, [...node, ...args], {
    cwd: root,
    env: { ...process.env, ...env },
  });
  return (await run).stdout;
}

describe('benchmarks, small', () => {
  test('the training step compiles and learns', async () => {
    await useBackend('onnx', { threads: 1 });
    const { step, inputs } = dmscStep(12);
    const compiled = compile(step);
    const totals: number[] = [];
    for (let run = 0; run < 6; run++) {
      const losses = Object.values(await compiled.run(inputs)).flatMap((values) => [...values]);
      totals.push(losses.reduce((sum, value) => sum + value, 0));
    }
    compiled.dispose();
    tf.dispose(Object.values(inputs));
    expect(totals.every(Number.isFinite)).toBe(true);
    expect(totals.at(-1)).toBeLessThan(totals[0]!);
  });

  test('exact and gradient self-expression agree and are timed', async () => {
    const text = await output('self-expression/run.ts', ['--n', '80', '--rounds', '1']);
    const [, difference] = /largest difference (\S+);/.exec(text)!;
    expect(Number(difference)).toBeLessThan(1e-4);
    expect(text).toMatch(/exact is \d+ times faster/);
  });

  test('sparse and dense graphs of planted data are compared', async () => {
    const text = await output('self-expression/sparse.ts', ['--planted', '--n', '120', '--landmarks', '120']);
    const rows = text.split('\n').filter((line) => /^\| 120 \|/.test(line));
    expect(rows).toHaveLength(2);
    const agreement = Number(rows[1]!.split('|')[5]);
    expect(agreement).toBeGreaterThan(0.95);
  });

  test('the consensus is set beside its members', () => {
    const run = (acc: number) => ({
      consensus: [acc + 0.1, 0.5] as const,
      members: [
        { name: 'exact', score: [acc, 0.4] as const, weight: 0.75 },
        { name: 'dmim', score: [acc - 0.2, 0.2] as const, weight: 0.25 },
      ],
    });
    const table = scoresTable([
      { name: 'a', n: 5, runs: [run(0.6), run(0.8)] },
      { name: 'b', n: 7, runs: [run(0.5)] },
    ]);
    expect(table.split('\n')).toEqual([
      '| set | n | exact | dmim | mean of members | consensus | weights |',
      '| --- | --- | --- | --- | --- | --- | --- |',
      '| a | 5 | 0.700 ± 0.100 / 0.400 | 0.500 ± 0.100 / 0.200 | 0.600 ± 0.100 / 0.300 | 0.800 ± 0.100 / 0.500 | 0.75 0.25 |',
      '| b | 7 | 0.500 ± 0.000 / 0.400 | 0.300 ± 0.000 / 0.200 | 0.400 ± 0.000 / 0.300 | 0.600 ± 0.000 / 0.500 | 0.75 0.25 |',
      '| mean |  | 0.600 / 0.400 | 0.400 / 0.200 | 0.500 / 0.300 | 0.700 / 0.500 |  |',
      '',
    ]);
  });

  test('the graphs of the spectral benchmark have the clusters they claim', () => {
    for (const graph of [denseGraph(120, 4, randomSource(1)), sparseGraph(120, 4, 0.02, randomSource(1))]) {
      const { labels } = spectralClustering(graph, { clusters: 4, random: randomSource(2) });
      const truth = Array.from({ length: 120 }, (_, i) => i % 4);
      expect(ari(truth, labels)).toBeGreaterThan(0.9);
    }
  });

  test('the stages of large graphs, on six hundred vertices', async () => {
    const args = ['--n', '600', '--clusters', '3', '--across', '0.02', '--restarts', '2', '--krylov'];
    const text = await output('spectral/large.ts', args);
    const lines = text.trim().split('\n').slice(2);
    expect(lines).toHaveLength(8);
    for (const what of ['1 threads', '2 threads', 'Krylov', 'all rows', '10000 rows', '61 components'])
      expect(text).toContain(what);
    const [, joined] = /join .* ARI (\S+)/.exec(text)!;
    expect(Number(joined)).toBeGreaterThan(0.2);
  });

  test('accuracy without any data says so and ends with 2, instead of a mean of nothing', async () => {
    const empty = await mkdtemp(join(tmpdir(), 'no-data-'));
    const args = ['--sets', 'orl,coil20', '--seeds', '1'];
    const failed: unknown = await output('accuracy/run.ts', args, { CROSSMODAL_DATA: empty }).catch(
      (error: unknown) => error,
    );
    await rm(empty, { recursive: true });
    expect(failed).toMatchObject({ code: 2, stdout: '' });
    expect((failed as { stderr: string }).stderr).toMatch(/No data: none of coil20, orl is in .*no-data-/);
  });

  test.each([
    ['exact', {}],
    ['dmsc', { epochs: 1 }],
  ])('accuracy of %s: sets that are absent are named and left out', async (method, options) => {
    const data = await mkdtemp(join(tmpdir(), 'little-data-'));
    const random = randomSource(1);
    const n = 80;
    const fea = Float32Array.from({ length: n * 1024 }, () => Math.floor(256 * random.uniform()));
    const gnd = Float32Array.from({ length: n }, (_, i) => 1 + (i % 40));
    await mkdir(join(data, 'orl'));
    // The content decides the format.
    await writeFile(
      join(data, 'orl', 'ORL_32x32.mat'),
      writeNpz({ fea: { shape: [n, 1024], values: fea }, gnd: { shape: [n, 1], values: gnd } }),
    );
    const args = ['--method', method, '--sets', 'orl,coil20', '--seeds', '1', '--variants', 'F2'];
    const text = await output('accuracy/run.ts', [...args, '--options', JSON.stringify(options)], {
      CROSSMODAL_DATA: data,
    });
    await rm(data, { recursive: true });
    expect(text).toMatch(/coil20 \| absent/);
    expect(text).toMatch(/orl \| 0\.\d{3}/);
    expect(text).toMatch(/mean of 1 \| 0\.\d{4}/);
  });

  test('rows that lack a modality, on sixty rows, beside what others and complete data give', async () => {
    const args = ['--methods', 'R', '--generators', 'blobs', '--seeds', '1', '--clusters', '3', '--n', '60'];
    const text = await output('absent-rows/run.ts', [...args, '--rates', '0.2', '--references']);
    const cells = text
      .trim()
      .split('\n')
      .at(-1)!
      .split('|')
      .map((cell) => cell.trim());
    expect(cells.slice(1, 5)).toEqual(['blobs', '0.2', '1', 'R']);
    expect(cells.slice(5, -1)).toHaveLength(7);
    for (const figure of cells.slice(5, -1)) expect(Number(figure)).toBeGreaterThan(0.9);
    const wrong: unknown = await output('absent-rows/run.ts', ['--methods', 'Q']).catch(
      (error: unknown) => error,
    );
    expect(wrong).toMatchObject({ code: 2 });
  });

  test.each(['one', 'rows'])('tables of absent rows, on sixty planted ones (loss %s)', async (loss) => {
    const small = ['--n', '60', '--seeds', '1', '--rates', '0,0.3', '--apart', '--loss', loss];
    const text = await output(
      'absent-rows/sets.ts',
      ['--methods', 'F2', '--sets', 'planted,msrcv1', ...small],
      {
        CROSSMODAL_DATA: join(root, 'no-data'),
      },
    );
    const [header, , planted, missing] = text.trim().split('\n').slice(2);
    expect(header).toBe('| F2 | complete | 30 % |');
    expect(missing).toBe('| msrcv1 | absent | |');
    const [complete, lossy] = planted!
      .split('|')
      .slice(2, 4)
      .map((cell) => cell.split(';').map((figure) => Number(figure.split('±')[0])));
    expect(complete![0]).toBeGreaterThan(0.95);
    expect(complete).toEqual([complete![0], complete![0], Number.NaN]);
    // The share of all rows lies between that of those that lack nothing and that of the others.
    expect(lossy!.toSorted((a, b) => a - b)[1]).toBe(lossy![0]);
    // Of five clusters: far above chance.
    for (const figure of lossy!) expect(figure).toBeGreaterThan(0.7);
  });

  test.each([
    ['--sets', 'coil20'],
    ['--loss', 'none'],
    ['--methods', 'Q'],
  ])('tables of absent rows refuse %s %s', async (option, value) => {
    const failed: unknown = await output('absent-rows/sets.ts', [option, value]).catch(
      (error: unknown) => error,
    );
    expect(failed).toMatchObject({ code: 2, stdout: '' });
  });

  test('growth with the number of samples, of a few hundred', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'growth-'));
    const [out, figure] = ['results.jsonl', 'figure.svg'].map((name) => join(folder, name));
    const args = ['--set', 'generated', '--methods', 'F2', '--sizes', '120,240', '--backend', 'wasm'];
    const text = await output('scale/run.ts', [...args, '--out', out!]);
    const rows = [...text.matchAll(/\| generated \| F2 \| (\d+) +\| (\d\.\d{3}) /g)];
    expect(rows.map(([, n]) => n)).toEqual(['120', '240']);
    for (const [, , score] of rows) expect(Number(score)).toBeGreaterThan(0.8);
    expect(text).toMatch(/to the power of: F2 -?\d+\.\d{2}/);
    expect(await output('scale/plot.ts', [out!, figure!])).toContain('2 fits');
    const drawn = await readFile(figure!, 'utf8');
    // In both panels, for seconds and memory: two fits, one line and its name.
    expect(drawn.match(/<circle /g)).toHaveLength(4);
    expect(drawn.match(/>F2<\/text>/g)).toHaveLength(2);
    await rm(folder, { recursive: true });
  }, 180_000);

  test('growth beside another library, which a script stands for here', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'peer-'));
    const python = join(folder, 'python');
    // Puts all objects into one cluster, in a second.
    const answer = `{ labels: new Array(60).fill(0), seconds: 1, processorSeconds: 1 }`;
    const script = `console.log('"ready"'); require('node:readline').createInterface(process.stdin).on('line', () => console.log(JSON.stringify(${answer})));`;
    await writeFile(python, `#!${process.execPath}\n${script}\n`, { mode: 0o755 });
    const args = ['--set', 'generated', '--n', '60', '--methods', 'F2', '--rounds', '2', '--backend', 'wasm'];
    const text = await output('scale/peer.ts', [...args, '--python', python]);
    expect(text).toMatch(/\| scikit-learn \| 0\.050 \| 0\.000 \| 1\.0 \| 1\.0 \| 1\.00 \|/);
    expect(text).toMatch(/\| F2 \| (\d\.\d{3} \| ){2}(\d+\.\d \| ){2}\d+\.\d{2} \|/);
    const missing = output('scale/peer.ts', [...args, '--python', join(folder, 'none')]);
    await expect(missing).rejects.toThrow(/ENOENT/);
    await rm(folder, { recursive: true });
  }, 180_000);

  test('without MNIST the benchmark says what is absent', async () => {
    const empty = await mkdtemp(join(tmpdir(), 'no-data-'));
    const text = await output('scale/run.ts', ['--sizes', '100', '--methods', 'C5'], {
      CROSSMODAL_DATA: empty,
    });
    await rm(empty, { recursive: true });
    expect(text).toMatch(/absent: .*mnist/);
  });
});
