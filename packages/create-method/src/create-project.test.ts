import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createProject } from './create-project.js';
import { main } from './main.js';
import { VERSIONS } from './versions.js';

let scratch = '';
beforeAll(() => {
  scratch = mkdtempSync(join(tmpdir(), 'crossmodal-create-'));
});
afterAll(() => rmSync(scratch, { recursive: true }));

const json = (path: string) =>
  JSON.parse(readFileSync(path, 'utf8')) as Record<string, Record<string, string>>;

describe('createProject', () => {
  test('writes a project named after its folder', () => {
    const folder = join(scratch, 'spare-views2');
    const files = createProject(folder);
    expect(files).toContain('src/index.ts');
    for (const file of files) expect(readFileSync(join(folder, file), 'utf8')).not.toBe('');
    expect(json(join(folder, 'package.json'))['name']).toBe('spare-views2');
    const source = readFileSync(join(folder, 'src/index.ts'), 'utf8');
    expect(source).toContain('export const createSpareViews2');
    expect(source.split('\n').length).toBeLessThanOrEqual(81);
    expect(new Set([...source.matchAll(/from '(@crossmodal\/[a-z-]+)'/g)].map(([, name]) => name)).size).toBe(
      3,
    );
  });

  test.each(['My-Method', 'my_method', '-x', 'x y'])('%s is no name', (name) => {
    expect(() => createProject(join(scratch, name))).toThrow(expect.objectContaining({ code: 'option' }));
  });

  test('a folder that holds something stays as it is', () => {
    const folder = join(scratch, 'taken');
    createProject(folder);
    writeFileSync(join(folder, 'README.md'), 'mine');
    expect(() => createProject(folder)).toThrow(expect.objectContaining({ code: 'state' }));
    expect(readFileSync(join(folder, 'README.md'), 'utf8')).toBe('mine');
  });

  test('the versions are those of the workspace', () => {
    const root = json(join(import.meta.dirname, '../../../package.json'));
    const core = json(join(import.meta.dirname, '../../core/package.json'));
    expect(VERSIONS).toEqual({
      crossmodal: core['version'],
      typescript: root['devDependencies']!['typescript'],
      vitest: root['devDependencies']!['vitest'],
      zod: json(join(import.meta.dirname, '../../method/package.json'))['dependencies']!['zod'],
    });
  });
});

describe('the command', () => {
  const run = (...argv: string[]) => {
    const told = { stdout: '', stderr: '' };
    const code = main(argv, {
      stdout: { write: (text) => (told.stdout += text) },
      stderr: { write: (text) => (told.stderr += text) },
    });
    return { code, ...told };
  };

  test('says what it made, or in one sentence why not', () => {
    const folder = join(scratch, 'by-command');
    expect(run(folder)).toMatchObject({ code: 0, stderr: '' });
    expect(run(folder)).toMatchObject({
      code: 2,
      stdout: '',
      stderr: expect.stringMatching(/absent or empty/) as string,
    });
    expect(run('--help')).toMatchObject({ code: 0, stdout: expect.stringContaining('npm create') as string });
    expect(run()).toMatchObject({ code: 2 });
    expect(run('a', 'b')).toMatchObject({ code: 2 });
  });
});
