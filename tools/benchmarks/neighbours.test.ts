import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { growthExponent } from './neighbours/growth-exponent.js';

/** Output of the command. */
function output(args: readonly string[]): Promise<{ stdout: string }> {
  const script = join(import.meta.dirname, 'neighbours/run.ts');
  const node = ['--import', 'tsx', '--conditions=@crossmodal/source', script, ...args];
  return promisify(execFile)(process.execPath, node, { cwd: join(import.meta.dirname, '../..') });
}

test('neighbours of drawn points, exact and approximate, and how their seconds grow', async () => {
  const args = ['--sets', 'latent5', '--sizes', '800,1600', '--dimension', '8', '--rounds', '1'];
  const { stdout } = await output([...args, '--backend', 'onnx']);
  const rows = stdout.split('\n').filter((line) => line.startsWith('| latent5'));
  const cells = rows.map((row) => row.split('|').map((cell) => cell.trim()));
  expect(cells.map((row) => row.slice(2, 4).join(' '))).toEqual([
    '800 exact',
    '800 approximate',
    '1600 exact',
    '1600 approximate',
  ]);
  for (const [, , , method, , , recall] of cells)
    expect(Number(recall)).toBeGreaterThanOrEqual(method === 'exact' ? 1 : 0.95);
  expect(stdout).toMatch(/latent5, approximate: processor seconds grow with n to the power -?\d+\.\d\d/);
}, 180_000);

test('a set that is not known is refused', async () => {
  const failed: unknown = await output(['--sets', 'mnits']).catch((error: unknown) => error);
  expect(failed).toMatchObject({ code: 2, stdout: '' });
  expect((failed as { stderr: string }).stderr).toMatch(/--sets: expected mnist, .*got mnits/);
});

test('the exponent of a power is found (n^1.3)', () => {
  const points = [1, 3, 10].map((n) => [n, 5 * n ** 1.3] as const);
  expect(growthExponent(points)).toBeCloseTo(1.3, 10);
});
