import { localImports } from './imports.js';

/**
 * Circles of files that import each other, types included; one of each that a walk through the files meets.
 *
 * @param files - paths relative to the root
 * @param importsOf - the files that a file imports by relative path
 */
export function importCircles(
  files: readonly string[],
  importsOf: (file: string) => readonly string[] = localImports,
): readonly (readonly string[])[] {
  const done = new Set<string>();
  const path: string[] = [];
  const found: (readonly string[])[] = [];
  const visit = (file: string): void => {
    if (done.has(file)) return;
    const at = path.indexOf(file);
    if (at >= 0) {
      found.push(path.slice(at));
      return;
    }
    path.push(file);
    importsOf(file).forEach(visit);
    path.pop();
    done.add(file);
  };
  files.forEach(visit);
  return found;
}
