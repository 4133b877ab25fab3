import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { PackageJson } from '../ci/packages.js';

/** Packages that must be there for a package to work: its dependencies, and its peers but for the optional ones. */
export function neededBy({
  dependencies = {},
  peerDependencies = {},
  peerDependenciesMeta = {},
}: PackageJson): readonly string[] {
  const peers = Object.keys(peerDependencies).filter((peer) => !peerDependenciesMeta[peer]?.optional);
  return [...new Set([...Object.keys(dependencies), ...peers])];
}

/** Every package that a package brings with it, those of third parties too, as they are installed. */
export function broughtBy(installed: string, name: string): ReadonlySet<string> {
  const found = new Set<string>();
  const visit = (folder: string) => {
    const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as PackageJson;
    for (const needed of neededBy(manifest)) {
      if (found.has(needed)) continue;
      found.add(needed);
      visit(find(folder, needed));
    }
  };
  visit(find(installed, name));
  return found;
}

/** The folder from which a package is loaded: the nearest `node_modules` upwards that has it. */
function find(from: string, name: string): string {
  const folder = join(from, 'node_modules', name);
  if (existsSync(join(folder, 'package.json'))) return folder;
  if (dirname(from) === from) throw new Error(`${name} is not installed.`);
  return find(dirname(from), name);
}
