import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { randomSource } from '@crossmodal/core';
import { root } from '../ci/packages.js';
import { mustRun } from './run.js';

/** Makes a project as `npm create @crossmodal/method NAME` does, beside installed packages, and builds it; resolves to its folder. */
export async function makeMethod(installed: string, name: string): Promise<string> {
  await mustRun(join(installed, 'node_modules/.bin/create-method'), [name], installed);
  const project = join(installed, name);
  mkdirSync(join(project, 'node_modules'));
  for (const tool of ['typescript', 'vitest'])
    symlinkSync(join(root, 'node_modules', tool), join(project, 'node_modules', tool));
  await mustRun(process.execPath, ['node_modules/typescript/bin/tsc'], project);
  return project;
}

/** Makes a project beside installed packages that has a method installed, and tables `first.csv` and `second.csv` of three clear clusters, 20 rows each. */
export function makeUser(installed: string, project: string, name: string): string {
  const folder = join(installed, 'user');
  mkdirSync(join(folder, 'node_modules'), { recursive: true });
  symlinkSync(project, join(folder, 'node_modules', name));
  const noise = randomSource(7);
  for (const [file, columns] of [
    ['first.csv', 6],
    ['second.csv', 9],
  ] as const) {
    const header = Array.from({ length: columns }, (_, j) => `x${j}`).join();
    const rows = Array.from({ length: 60 }, (_, i) =>
      Array.from({ length: columns }, (_, j) => (j % 3 === i % 3 ? 8 : 0) + noise.normal()).join(),
    );
    writeFileSync(join(folder, file), `${[header, ...rows].join('\n')}\n`);
  }
  return folder;
}
