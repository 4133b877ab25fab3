/** Package names to versions. */
export type Dependencies = Readonly<Record<string, string>>;

/** The parts of a package.json that packages here may differ in; everything else is the same in all. */
export interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly description: string;
  readonly sideEffects?: boolean | readonly string[];
  /** Entry points: `.`, and `./NAME` for a folder `src/NAME` that can be imported by itself. */
  readonly exports?: Readonly<Record<string, unknown>>;
  /** What differs between Node and browsers: `#NAME` for a folder `src/NAME` with `node.ts` and `browser.ts`. */
  readonly imports?: Readonly<Record<string, unknown>>;
  readonly bin?: Readonly<Record<string, string>>;
  readonly dependencies?: Dependencies;
  readonly devDependencies?: Dependencies;
  readonly peerDependencies?: Dependencies;
  readonly peerDependenciesMeta?: Readonly<Record<string, { readonly optional: boolean }>>;
  readonly nx?: { readonly tags?: readonly string[] };
}

/** What a package shares with the workspace. */
export interface Workspace {
  readonly version: string;
  readonly license: string;
  readonly engines: Readonly<Record<string, string>>;
}

/** The one shape of a package's package.json: its own facts, in a fixed order, between what all packages share. */
export function canonicalManifest(manifest: Manifest, workspace: Workspace): Record<string, unknown> {
  const { bin, dependencies, devDependencies, peerDependencies, peerDependenciesMeta } = manifest;
  return {
    name: manifest.name,
    version: workspace.version,
    description: manifest.description,
    license: workspace.license,
    type: 'module',
    sideEffects: manifest.sideEffects ?? false,
    engines: workspace.engines,
    keywords: ['multi-modal', 'multi-view', 'clustering', 'subspace-clustering', 'tensorflowjs'],
    exports: {
      '.': entry(''),
      ...Object.fromEntries(furtherEntries(manifest).map((name) => [`./${name}`, entry(`${name}/`)])),
      './package.json': './package.json',
    },
    ...(manifest.imports && {
      imports: Object.fromEntries(
        sides(manifest).map((name) => [
          `#${name}`,
          {
            '@crossmodal/source': { browser: `./src/${name}/browser.ts`, default: `./src/${name}/node.ts` },
            types: `./dist/${name}/node.d.ts`,
            browser: `./dist/${name}/browser.js`,
            default: `./dist/${name}/node.js`,
          },
        ]),
      ),
    }),
    files: ['dist', 'src', '!**/*.test.*', '!**/*.test-d.*', '!dist/.tsbuildinfo'],
    publishConfig: { access: 'public' },
    ...(bin && { bin }),
    scripts: { build: 'tsup', test: 'vitest run --passWithNoTests' },
    ...(dependencies && { dependencies: pinned(dependencies, workspace) }),
    ...(devDependencies && { devDependencies: pinned(devDependencies, workspace) }),
    ...(peerDependencies && { peerDependencies: pinned(peerDependencies, workspace) }),
    ...(peerDependenciesMeta && { peerDependenciesMeta: sorted(peerDependenciesMeta) }),
    // Scripts are for a person inside the package: as targets they would cost an npm process each. nx.json says what the targets run.
    nx: {
      tags: manifest.nx?.tags ?? [],
      includedScripts: [],
      targets: { build: {}, lint: {}, test: {}, types: {} },
    },
  };
}

/** Names of the entry points beside the main one, sorted. */
export function furtherEntries({ exports = {} }: Manifest): readonly string[] {
  return Object.keys(exports)
    .filter((path) => path !== '.' && path !== './package.json')
    .map((path) => path.replace(/^\.\//, ''))
    .sort();
}

/** Names of the folders whose content differs between Node and browsers, sorted. */
export function sides({ imports = {} }: Manifest): readonly string[] {
  return Object.keys(imports)
    .map((path) => path.slice(1))
    .sort();
}

function entry(folder: string): Record<string, string> {
  return {
    '@crossmodal/source': `./src/${folder}index.ts`,
    types: `./dist/${folder}index.d.ts`,
    default: `./dist/${folder}index.js`,
  };
}

function pinned(dependencies: Dependencies, workspace: Workspace): Dependencies {
  const pins = Object.entries(dependencies).map(([name, version]) => [
    name,
    name.startsWith('@crossmodal/') ? workspace.version : version.replace(/^[~^]/, ''),
  ]);
  return sorted(Object.fromEntries(pins));
}

function sorted<T>(record: Readonly<Record<string, T>>): Readonly<Record<string, T>> {
  return Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));
}
