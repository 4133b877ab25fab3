import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** The workspace's root folder. */
export const root = resolve(import.meta.dirname, '../..');

/** Folders of all packages relative to a workspace's root, this one's by default, sorted: `packages/core`, `packages/models/dmsc`, ... */
export function packageFolders(workspace = root): readonly string[] {
  return ['packages', 'packages/models']
    .flatMap((parent) => readdirSync(join(workspace, parent)).map((name) => `${parent}/${name}`))
    .filter((folder) => existsSync(join(workspace, folder, 'package.json')))
    .sort();
}

/** A package.json, as far as the tools read it. */
export interface PackageJson {
  readonly name: string;
  readonly version: string;
  readonly bin?: Readonly<Record<string, string>>;
  readonly exports: Readonly<Record<string, unknown>>;
  /** Modules of which Node and browsers have one each. */
  readonly imports?: Readonly<
    Record<string, { readonly '@crossmodal/source'?: { readonly browser: string } }>
  >;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly peerDependenciesMeta?: Readonly<Record<string, { readonly optional?: boolean }>>;
}

/** The package.json of one folder relative to the root. */
export function packageJson(folder: string): PackageJson {
  return JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8')) as PackageJson;
}
