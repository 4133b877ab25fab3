import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const LIBRARY: Readonly<Record<string, string>> = {
  darwin: 'libonnxruntime.1.2.3.dylib',
  linux: 'libonnxruntime.so.1',
  win32: 'onnxruntime.dll',
};

/** What is in a folder that stands for an installed onnxruntime-node; all of it by default. */
export interface FakeFiles {
  readonly version?: string;
  readonly platform?: string;
  readonly arch?: string;
  /** Content of its package.json. @defaultValue that of a package of the version */
  readonly manifest?: string;
  /** Content of the native library; `undefined` leaves it out. */
  readonly library?: string | undefined;
  /** Names to leave out. */
  readonly without?: readonly string[];
  /** Names to add beside the library. */
  readonly with?: readonly string[];
}

/** A project with a fake onnxruntime-node in its `node_modules`; its binding writes down the environment that it is loaded in. */
export async function fakeRuntime({
  version = '1.27.0',
  platform = process.platform,
  arch = process.arch,
  manifest = JSON.stringify({ name: 'onnxruntime-node', version, main: 'dist/index.js' }),
  library = 'machine code',
  without = [],
  with: added = [],
}: FakeFiles = {}): Promise<{ folder: string; project: string; remove: () => Promise<void> }> {
  const root = await realpath(await mkdtemp(join(tmpdir(), 'onnx-install-')));
  const folder = join(root, 'node_modules', 'onnxruntime-node');
  const binaries = join('bin', 'napi-v6', platform, arch);
  const files: Record<string, string> = {
    'package.json': manifest,
    'dist/index.js': 'exports.Tensor = class {};',
    'dist/binding.js': `
      const { isMainThread } = require('node:worker_threads');
      const { appendFileSync } = require('node:fs');
      process.report.excludeNetwork = true;
      const name = 'ORT_DISABLE_TELEMETRY';
      const native = process.report.getReport().environmentVariables[name];
      const line = JSON.stringify({ isMainThread, here: process.env[name], native });
      appendFileSync(${JSON.stringify(join(root, 'loads.jsonl'))}, line + '\\n');
      exports.binding = { InferenceSession: class {} };
      exports.initOrt = () => {};`,
    [join(binaries, 'onnxruntime_binding.node')]: 'machine code',
    [join(binaries, LIBRARY[platform] ?? 'onnxruntime.unknown')]: library,
    ...Object.fromEntries(added.map((name) => [join(binaries, name), 'machine code'])),
  };
  for (const [name, content] of Object.entries(files)) {
    if (without.some((part) => name.includes(part))) continue;
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), content);
  }
  const remove = () => rm(root, { recursive: true, force: true });
  return { folder, project: join(root, 'project.js'), remove };
}
