import { join } from 'node:path';
import { packageFolders, packageJson, root, type PackageJson } from '../ci/packages.js';
import { neededBy } from './needed-by.js';
import { mustRun } from './run.js';

/** A package as it would be published. */
export interface Tarball {
  readonly manifest: PackageJson;
  readonly folder: string;
  readonly path: string;
  /** Paths inside the package. */
  readonly files: readonly string[];
}

/** Packs every package into a folder, by name. */
export async function packAll(destination: string): Promise<ReadonlyMap<string, Tarball>> {
  const folders = packageFolders();
  const workspaces = folders.flatMap((folder) => ['-w', folder]);
  const args = ['pack', '--json', '--ignore-scripts', '--pack-destination', destination, ...workspaces];
  const printed = JSON.parse(await mustRun('npm', args, root)) as unknown;
  // npm 10 prints a list, npm 11 a record by name.
  const packed = Object.values(
    printed as Record<string, { name: string; filename: string; files: { path: string }[] }>,
  );
  const byName = new Map(packed.map((entry) => [entry.name, entry]));
  return new Map(
    folders.map((folder) => {
      const manifest = packageJson(folder);
      const { filename, files } = byName.get(manifest.name)!;
      return [
        manifest.name,
        { manifest, folder, path: join(destination, filename), files: files.map(({ path }) => path) },
      ];
    }),
  );
}

/** The tarballs that a package needs to be installed: its own, and those of its workspace dependencies, whatever their depth. */
export function closure(name: string, tarballs: ReadonlyMap<string, Tarball>): ReadonlyMap<string, Tarball> {
  const found = new Map<string, Tarball>();
  const visit = (next: string) => {
    const tarball = tarballs.get(next);
    if (tarball === undefined || found.has(next)) return;
    found.set(next, tarball);
    neededBy(tarball.manifest).forEach(visit);
  };
  visit(name);
  return found;
}
