import * as core from '@crossmodal/core';
import * as datasets from '@crossmodal/datasets';
import * as io from '@crossmodal/io';
import * as transforms from '@crossmodal/transforms';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import { run } from '../src/run.js';

/** Objects of the fixture, in three classes that both modalities show. */
export const OBJECTS = 45;

/** Writes two small modalities, their classes and some files with faults into a new directory. */
export async function writeFixture(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'crossmodal-cli-'));
  const random = core.randomSource(5);
  const blobs = (columns: number) =>
    Float32Array.from({ length: OBJECTS * columns }, (_, p) => {
      const [row, column] = [Math.floor(p / columns), p % columns];
      return (column % 3 === row % 3 ? 4 : 0) + 0.3 * random.normal();
    });
  const matrix = (values: Float32Array, columns: number) =>
    io.writeNpy({ shape: [values.length / columns, columns], values });
  const a = blobs(6);
  const broken = a.slice();
  broken[7] = NaN;
  const files: Record<string, string | Uint8Array> = {
    'a.npy': matrix(a, 6),
    'b.npy': matrix(blobs(9), 9),
    'short.npy': matrix(a.slice(0, 44 * 6), 6),
    'none.npy': matrix(new Float32Array(0), 6),
    'empty.npy': '',
    'nan.npy': matrix(broken, 6),
    'y.csv': `class\n${Array.from({ length: OBJECTS }, (_, i) => 'abc'[i % 3]).join('\n')}\n`,
    'table.csv': `u,v\n${Array.from({ length: OBJECTS }, (_, i) => `${i},${i % 7}`).join('\n')}\n`,
  };
  for (const [name, content] of Object.entries(files)) await writeFile(join(folder, name), content);
  return folder;
}

/** What a run of the command left. */
export interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Options of {@link command}. */
export interface CommandOptions {
  readonly signal?: AbortSignal;
  /** What standard input holds. */
  readonly stdin?: Uint8Array | undefined;
}

/** Functions of the library, of which a user of the command knows nothing. */
const INTERNAL = new RegExp(
  `\\b(${[core, datasets, io, transforms]
    .flatMap((library) => Object.keys(library))
    .filter((name) => /[a-z][A-Z]/.test(name))
    .join('|')})\\b`,
);

/** Runs the command in this process; whatever it refuses, it names no function of ours. */
export async function command(
  argv: readonly string[],
  { signal = new AbortController().signal, stdin }: CommandOptions = {},
): Promise<Ran> {
  let stdout = '';
  let stderr = '';
  const code = await run(argv, {
    stdout: { write: (text) => (stdout += text) },
    stderr: { write: (text) => (stderr += text) },
    ...(stdin === undefined ? {} : { stdin: async () => stdin }),
    env: {},
    signal,
    now: () => performance.now(),
  });
  expect(stderr).not.toMatch(INTERNAL);
  return { code, stdout, stderr };
}
