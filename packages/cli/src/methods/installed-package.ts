import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** Names that npm gives to packages; nothing else is looked for, no path and no address. */
const PACKAGE_NAME = /^(?:@[a-z0-9~-][a-z0-9._~-]*\/)?[a-z0-9~-][a-z0-9._~-]*$/;

/** Whether a text can be the name of a package. */
export function isPackageName(name: string): boolean {
  return PACKAGE_NAME.test(name) && name.length <= 214;
}

/** A package that was found. */
export interface InstalledPackage {
  /** Its folder, links followed. */
  readonly folder: string;
  /** Address of its main module. */
  readonly entry: string;
}

/**
 * Finds an installed package as Node.js does, in the `node_modules` of a folder and of all above it.
 *
 * @param from - where to look first
 * @returns undefined where there is none, or none with a module to import
 */
export function installedPackage(name: string, from: string): InstalledPackage | undefined {
  for (let folder = from; ; folder = dirname(folder)) {
    const path = join(folder, 'node_modules', ...name.split('/'));
    if (existsSync(join(path, 'package.json'))) {
      const real = realpathSync(path);
      const main = mainOf(JSON.parse(readFileSync(join(real, 'package.json'), 'utf8')) as Manifest);
      return main === undefined ? undefined : { folder: real, entry: pathToFileURL(join(real, main)).href };
    }
    if (dirname(folder) === folder) return undefined;
  }
}

interface Manifest {
  readonly exports?: unknown;
  readonly module?: string;
  readonly main?: string;
}

/** The main module by the conditions that Node.js has for `import`. */
function mainOf({ exports, main = 'index.js' }: Manifest): string | undefined {
  if (exports === undefined) return main;
  const root = typeof exports === 'object' && exports !== null && '.' in exports ? exports['.'] : exports;
  return chosen(root);
}

function chosen(target: unknown): string | undefined {
  if (typeof target === 'string') return target;
  if (Array.isArray(target)) return target.map(chosen).find((path) => path !== undefined);
  if (typeof target !== 'object' || target === null) return undefined;
  // The first condition that holds decides, in the order of the file.
  for (const [condition, value] of Object.entries(target))
    if (['node', 'import', 'module-sync', 'default'].includes(condition)) {
      const path = chosen(value);
      if (path !== undefined) return path;
    }
  return undefined;
}
