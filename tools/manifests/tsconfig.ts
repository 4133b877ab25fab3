import { relative } from 'node:path/posix';
import type { Manifest } from './manifest.js';

/** The one shape of a package's tsconfig.json: it references exactly the workspace packages that its package.json names. */
export function canonicalTsconfig(
  folder: string,
  manifest: Manifest,
  folders: ReadonlyMap<string, string>,
): Record<string, unknown> {
  const names = Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies });
  const references = names
    .flatMap((name) => folders.get(name) ?? [])
    .sort()
    .map((target) => ({ path: relative(folder, target) }));
  return {
    extends: relative(folder, 'tsconfig.base.json'),
    compilerOptions: { rootDir: 'src', outDir: 'dist', tsBuildInfoFile: 'dist/.tsbuildinfo' },
    include: ['src'],
    exclude: ['src/**/*.test.ts', 'src/**/*.test-d.ts'],
    references,
  };
}
