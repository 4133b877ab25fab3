import { execFile } from 'node:child_process';
import { mkdtempSync, openSync, rmSync, statSync, truncateSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { npy } from './npy-file.js';

const directory = resolve(import.meta.dirname, '..');

test('many rows are projected in less memory than their file takes', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'crossmodal-project-'));
  try {
    const [rows, columns] = [1_000_000, 60];
    const path = join(folder, 'tall.npy');
    const header = npy(1, "'<f8'", false, `${rows}, ${columns}`, new Uint8Array(0));
    const file = openSync(path, 'w');
    writeSync(file, header);
    // Zeros that are not written take no time; one row stands out.
    truncateSync(path, header.length + 8 * rows * columns);
    writeSync(file, Float64Array.of(3, 4), 0, 16, header.length + 8 * columns * 777_777);
    const { size } = statSync(path);
    expect(size).toBeGreaterThan(480e6 - 1);
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ['--import', 'tsx', '--conditions=@crossmodal/source', 'tests/project-file.ts', path],
      { cwd: directory },
    );
    const { peak, spread, ...shape } = JSON.parse(stdout) as Record<string, number>;
    expect(shape).toEqual({ rows, columns: 3 });
    // The row lies 5 from the others, along the first axis.
    expect(spread).toBeCloseTo(5, 4);
    expect(peak).toBeLessThan(size / 1.2);
  } finally {
    rmSync(folder, { recursive: true });
  }
}, 120_000);
