import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** The release of onnxruntime-node that this package is written and tested against. */
export const RUNTIME_VERSION = '1.27.0';

/** The command that installs the backend wherever npm's registry can be reached. */
export const INSTALL_COMMAND = 'npm install --ignore-scripts @crossmodal/backend-onnx';

const OTHER_BACKENDS = "use the 'wasm' or 'cpu' backend";
const CUDA_FILES = ['cuda', 'shared', 'tensorrt'].map((name) => `libonnxruntime_providers_${name}.so`);

/** What an install of onnxruntime-node left. */
export interface OnnxInstallation {
  /**
   * `complete`: all that the backend needs; `missing`: no package; `unsupported`: a package without files for this platform;
   * `incomplete`: a package that lacks some of its own files, as an interrupted install leaves it.
   */
  readonly state: 'complete' | 'missing' | 'unsupported' | 'incomplete';
  /** Version of the package, where there is one. */
  readonly version?: string;
  /** Path of the native library, where it is complete. */
  readonly library?: string;
  /** Which of the files for graphics cards are there. The install script downloads them on Linux x64; the backend uses none. */
  readonly cuda: 'none' | 'some' | 'all';
  /** The state in a few words. */
  readonly summary: string;
  /** What to do, where something is wrong. */
  readonly cure?: string;
}

/** Where {@link inspectInstallation} looks. */
export interface InstallationPlace {
  /** File or URL whose `node_modules` folders are searched. @defaultValue this package */
  readonly from?: string;
  /** @defaultValue `process.platform` */
  readonly platform?: string;
  /** @defaultValue `process.arch` */
  readonly arch?: string;
}

/**
 * Says what an install of onnxruntime-node left, and how to mend it, without loading anything.
 *
 * @example
 * ```ts
 * import { inspectInstallation } from '@crossmodal/backend-onnx';
 *
 * const { state, summary, cure } = inspectInstallation();
 * console.log(state, summary, cure ?? 'nothing to do');
 * ```
 */
export function inspectInstallation({
  from = import.meta.url,
  platform = process.platform,
  arch = process.arch,
}: InstallationPlace = {}): OnnxInstallation {
  const folder = packageFolder(from);
  if (folder === undefined) {
    return {
      state: 'missing',
      cuda: 'none',
      summary: 'onnxruntime-node is not installed',
      cure: `Run '${INSTALL_COMMAND}', or ${OTHER_BACKENDS}.`,
    };
  }
  const version = versionIn(folder);
  const found = { version, cuda: 'none' } as const;
  const binaries = platformFolders(folder);
  const files = binaries.find((path) => path.endsWith(join(platform, arch)));
  if (files === undefined && binaries.length > 0) {
    const summary = `onnxruntime-node ${version} has no files for ${platform} ${arch}`;
    return { ...found, state: 'unsupported', summary, cure: `On this platform, ${OTHER_BACKENDS}.` };
  }
  const library = files === undefined ? undefined : nativeLibrary(files);
  const lacks = [
    ...(version === UNKNOWN ? ['a whole package.json'] : []),
    ...(existsSync(join(folder, 'dist', 'binding.js')) ? [] : ['dist/binding.js']),
    ...(files !== undefined && hasContent(join(files, 'onnxruntime_binding.node'))
      ? []
      : ['onnxruntime_binding.node']),
    ...(library === undefined ? ["ONNX Runtime's library"] : []),
  ];
  if (lacks.length > 0 || library === undefined || files === undefined) {
    return {
      ...found,
      state: 'incomplete',
      summary: `onnxruntime-node ${version} lacks ${lacks.join(' and ')}`,
      cure: `Remove ${folder} and run '${INSTALL_COMMAND}', or ${OTHER_BACKENDS}.`,
    };
  }
  const cudaFiles = CUDA_FILES.filter((name) => existsSync(join(files, name))).length;
  const cuda = cudaFiles === 0 ? 'none' : cudaFiles === CUDA_FILES.length ? 'all' : 'some';
  const extra = { none: 'without', some: 'with some of the', all: 'with' }[cuda];
  const tested = version === RUNTIME_VERSION ? '' : ` (tested is ${RUNTIME_VERSION})`;
  const summary = `onnxruntime-node ${version}${tested}, complete, ${extra} files for graphics cards, which are not used`;
  return { ...found, cuda, state: 'complete', library, summary };
}

function packageFolder(from: string): string | undefined {
  const { resolve } = createRequire(from);
  try {
    return dirname(resolve('onnxruntime-node/package.json'));
  } catch {
    // Nothing is there, or a manifest that Node.js cannot read, whose folder is found without it.
    const places = resolve.paths('onnxruntime-node') ?? [];
    return places
      .map((place) => join(place, 'onnxruntime-node'))
      .find((path) => existsSync(join(path, 'package.json')));
  }
}

/** The folders `bin/napi-v6/<platform>/<arch>` of a package. */
function platformFolders(folder: string): string[] {
  return subfolders(join(folder, 'bin')).flatMap(subfolders).flatMap(subfolders);
}

function subfolders(folder: string): string[] {
  if (!existsSync(folder)) return [];
  const entries = readdirSync(folder, { withFileTypes: true });
  return entries.filter((entry) => entry.isDirectory()).map((entry) => join(folder, entry.name));
}

/** The library proper: `libonnxruntime.so.1`, `libonnxruntime.1.27.0.dylib` or `onnxruntime.dll`. */
function nativeLibrary(files: string): string | undefined {
  const name = readdirSync(files).find((file) => /^(lib)?onnxruntime\.(\d|so|dylib|dll)/.test(file));
  return name !== undefined && hasContent(join(files, name)) ? join(files, name) : undefined;
}

function hasContent(path: string): boolean {
  return existsSync(path) && statSync(path).size > 0;
}

/** What stands for the version where the manifest states none. */
const UNKNOWN = 'of unknown version';

/** The version that the manifest states; a manifest that was cut off states none. */
function versionIn(folder: string): string {
  try {
    const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
      version?: unknown;
    };
    return typeof version === 'string' ? version : UNKNOWN;
  } catch (error) {
    if (error instanceof SyntaxError) return UNKNOWN;
    throw error;
  }
}
