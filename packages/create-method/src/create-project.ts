import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { CrossmodalError } from '@crossmodal/core';
import { projectFiles } from './template/project-files.js';
import { VERSIONS } from './versions.js';

/**
 * Makes a stand-alone project with one method: its source, the contract that all clusterers keep as its test, and what builds it.
 *
 * @param directory - a folder that is absent or empty; its name is the name of the method and of the package, in kebab case
 * @returns paths of the files, relative to the folder
 * @throws CrossmodalError `option` when the name is not in kebab case; `state` when the folder holds something.
 */
export function createProject(directory: string): readonly string[] {
  const folder = resolve(directory);
  const name = basename(folder);
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name)) {
    throw new CrossmodalError({
      code: 'option',
      where: 'create-method',
      expected: 'a name in kebab case, such as my-method',
      received: `'${name}'`,
    });
  }
  if (existsSync(folder) && readdirSync(folder).length > 0) {
    throw new CrossmodalError({
      code: 'state',
      where: 'create-method',
      expected: 'a folder that is absent or empty',
      received: `'${directory}', which holds something`,
      advice: 'Give another name.',
    });
  }
  const pascal = name.replaceAll(/(^|-)([a-z0-9])/g, (_all, _dash, letter: string) => letter.toUpperCase());
  const files = projectFiles({ name, creator: `create${pascal}`, loader: `load${pascal}` }, VERSIONS);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return Object.keys(files);
}
