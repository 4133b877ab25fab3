import { writeNpy } from '@crossmodal/io';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ClusterResult } from '../src/result.js';
import { command, OBJECTS, writeFixture } from './fixture.js';

const disk = mkdtempSync(join(tmpdir(), 'crossmodal-disk-'));
// Only root may mount, and not everywhere.
const isMounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', disk]).status === 0;

let folder: string;
beforeAll(async () => {
  folder = await writeFixture();
  // A model keeps its features: with these it is larger than the disk.
  const values = Float32Array.from({ length: OBJECTS * 8000 }, (_, p) => Math.sin(p * (1 + (p % 3))));
  await writeFile(join(folder, 'wide.npy'), writeNpy({ shape: [OBJECTS, 8000], values }));
});
afterAll(async () => {
  if (isMounted) spawnSync('umount', [disk]);
  rmSync(disk, { recursive: true });
  await rm(folder, { recursive: true, force: true });
});

function cluster(file: string, ...rest: readonly string[]) {
  const modality = ['--modality', join(folder, file)];
  return command([
    ...['cluster', '--method', 'exact', '--clusters', '3', '--backend', 'cpu', '--json', '--quiet'],
    ...modality,
    ...rest,
  ]);
}

describe.skipIf(!isMounted)('a small disk', () => {
  const out = join(disk, 'out');

  test('that becomes full while results are written: they are printed, and the earlier ones stay', async () => {
    expect((await cluster('a.npy', '--out', out)).code).toBe(0);
    const earlier = await readFile(join(out, 'result.json'), 'utf8');
    const { code, stdout, stderr } = await cluster('wide.npy', '--out', out, '--force');
    expect(code).toBe(3);
    expect((JSON.parse(stdout) as ClusterResult).labels).toHaveLength(OBJECTS);
    expect(stderr).toMatch(/^crossmodal: --out '[^\n]*no space left on device[^\n]*Make room[^\n]*\n$/);
    expect(await readFile(join(out, 'result.json'), 'utf8')).toBe(earlier);
    expect(await readdir(disk)).toEqual(['out']);
  });

  test('that is full already is told before the work', async () => {
    await writeFile(join(disk, 'ballast'), new Uint8Array(2 ** 20)).catch(() => {});
    for (const path of [out, join(disk, 'deep', 'new')]) {
      const { code, stdout, stderr } = await cluster('a.npy', '--out', path, '--force');
      expect([code, stdout]).toEqual([2, '']);
      expect(stderr).toMatch(/^crossmodal: --out '[^\n]*no space left on device[^\n]*\n$/);
    }
    expect(await readdir(disk)).toEqual(['ballast', 'out']);
  });

  test('that may only be read, and a mount point, are told before the work', async () => {
    await rm(join(disk, 'ballast'), { force: true });
    const mount = await cluster('a.npy', '--out', disk, '--force');
    expect([mount.code, mount.stderr]).toEqual([2, expect.stringContaining('a mount point')]);
    spawnSync('mount', ['-o', 'remount,ro', disk]);
    const { code, stderr } = await cluster('a.npy', '--out', out, '--force');
    expect(code).toBe(2);
    expect(stderr).toMatch(/^crossmodal: --out '[^\n]*read-only file system[^\n]*\n$/);
  });
});
