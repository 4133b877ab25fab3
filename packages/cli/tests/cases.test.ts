import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import type { ClusterResult } from '../src/result.js';
import { command } from './fixture.js';

/** An input that was once misread without a word, and what must come out. */
interface Case {
  readonly id: string;
  readonly kind: string;
  readonly args: readonly string[];
  readonly expect: {
    readonly exit?: number;
    readonly n?: number;
    readonly acc?: number;
    readonly accAtLeast?: number;
    readonly found?: number;
    readonly columns?: Readonly<Record<string, number>>;
    readonly image?: string;
    readonly stderr?: string;
  };
}

// A copy, since not every file system can hold the name of the last file.
const folder = mkdtempSync(join(tmpdir(), 'crossmodal-cases-'));
cpSync(fileURLToPath(new URL('./cases', import.meta.url)), folder, { recursive: true });
cpSync(join(folder, 'x.npy'), join(folder, 'set:v2.npy'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const cases = JSON.parse(readFileSync(join(folder, 'cases.json'), 'utf8')) as readonly Case[];

/** Arguments with the paths of files inside the folder of the cases. */
function absolute(args: readonly string[]): string[] {
  return args.map((arg, i) => (/^--(modality|labels)$/.test(args[i - 1] ?? '') ? join(folder, arg) : arg));
}

function run({ args }: Case) {
  return command(['cluster', ...absolute(args), '--json', '--quiet', '--backend', 'cpu']);
}

describe('inputs modelled on public bug reports', () => {
  test.each(cases)('$id: $kind', async (one) => {
    const { expect: wanted } = one;
    const { code, stdout, stderr } = await run(one);
    expect([code, code === 0 ? '' : stderr]).toEqual([
      wanted.exit ?? 0,
      wanted.exit === undefined ? '' : expect.stringMatching(/^crossmodal: [^\n]+\n$/),
    ]);
    if (wanted.stderr !== undefined) expect(stderr).toContain(wanted.stderr);
    if (code !== 0) return;
    const result = JSON.parse(stdout) as ClusterResult;
    const byName = new Map(result.modalities.map((modality) => [modality.name, modality]));
    if (wanted.n !== undefined) expect(result.n).toBe(wanted.n);
    if (wanted.acc !== undefined) expect(result.metrics!.acc).toBeGreaterThanOrEqual(wanted.acc);
    if (wanted.accAtLeast !== undefined)
      expect(result.metrics!.acc).toBeGreaterThanOrEqual(wanted.accAtLeast);
    if (wanted.found !== undefined) expect(new Set(result.labels).size).toBe(wanted.found);
    for (const [name, columns] of Object.entries(wanted.columns ?? {})) {
      expect(byName.get(name)?.columns).toBe(columns);
    }
    if (wanted.image !== undefined) {
      expect(result.modalities.map(({ image }) => image)).toContain(wanted.image);
    }
    // What stderr says and what the result says are one.
    for (const { message } of result.warnings) expect(stderr).toContain(message);
  });
});
