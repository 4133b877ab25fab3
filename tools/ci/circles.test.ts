import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { importCircles } from './circles.js';
import { packageFolders, root } from './packages.js';

/** What knows of each other by design: the backend traces and compiles, and its kernels are methods of it. */
const allowed = ['packages/backend-onnx'];

test.each(packageFolders().filter((folder) => !allowed.includes(folder)))(
  'no files of %s import each other in a circle',
  (folder) => {
    const files = readdirSync(join(root, folder, 'src'), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts'))
      .map((file) => join(folder, 'src', file));
    expect(importCircles(files)).toEqual([]);
  },
);

test('a circle is found', () => {
  const imports: Record<string, string[]> = { a: ['b'], b: ['c'], c: ['b', 'd'], d: [] };
  expect(importCircles(Object.keys(imports), (file) => imports[file]!)).toEqual([['b', 'c']]);
});
