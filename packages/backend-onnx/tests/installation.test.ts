import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { inspectInstallation } from '../src/index.js';
import { INSTALL_COMMAND, RUNTIME_VERSION } from '../src/runtime/installation.js';
import { fakeRuntime, type FakeFiles } from './support/fake-runtime.js';

const linux = { platform: 'linux', arch: 'x64' } as const;
const cleanups: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const remove of cleanups.splice(0)) await remove();
});

async function inspect(files: FakeFiles) {
  const { folder, project, remove } = await fakeRuntime({ ...linux, ...files });
  cleanups.push(remove);
  return { folder, ...inspectInstallation({ ...linux, from: project }) };
}

test('the installed package is complete, and the release that the manifest asks for', () => {
  const { state, version, library, cure } = inspectInstallation();
  const manifest = readFileSync(join(import.meta.dirname, '../package.json'), 'utf8');
  const { dependencies } = JSON.parse(manifest) as { dependencies: Record<string, string> };
  expect([state, version, cure]).toEqual(['complete', RUNTIME_VERSION, undefined]);
  expect(dependencies['onnxruntime-node']).toBe(RUNTIME_VERSION);
  expect(existsSync(library!)).toBe(true);
});

test('nothing there, as an install leaves it that npm has undone', async () => {
  const empty = await mkdtemp(join(tmpdir(), 'onnx-install-'));
  cleanups.push(() => rm(empty, { recursive: true }));
  const found = inspectInstallation({ from: join(empty, 'project.js') });
  expect(found.state).toBe('missing');
  expect(found.cure).toContain(INSTALL_COMMAND);
});

test.each<[string, FakeFiles, RegExp]>([
  ['no binding', { without: ['onnxruntime_binding.node'] }, /lacks onnxruntime_binding\.node$/],
  ['no library', { without: ['libonnxruntime'] }, /lacks ONNX Runtime's library$/],
  ['an empty library', { library: '' }, /lacks ONNX Runtime's library$/],
  ['no script that loads it', { without: ['dist'] }, /lacks dist\/binding\.js$/],
  ['an empty manifest', { manifest: '' }, /lacks a whole package\.json$/],
  ['a manifest that was cut off', { manifest: '{ "name": "onnx' }, /lacks a whole package\.json$/],
  ['a manifest without a version', { manifest: '{}' }, /lacks a whole package\.json$/],
  ['no binary at all', { without: ['bin/'] }, /lacks onnxruntime_binding\.node and ONNX Runtime's library$/],
])('%s: incomplete, as an interrupted install leaves it', async (_, files, summary) => {
  const found = await inspect(files);
  expect(found.state).toBe('incomplete');
  expect(found.summary).toMatch(summary);
  expect(found.cure).toContain(found.folder);
  expect(found.cure).toContain(INSTALL_COMMAND);
});

test('files of other platforms alone: unsupported, with another backend to use', async () => {
  const found = await inspect({ platform: 'darwin', arch: 'arm64' });
  expect(found.state).toBe('unsupported');
  expect(found.cure).toMatch(/'wasm'/);
});

const CUDA = ['cuda', 'shared', 'tensorrt'].map((name) => `libonnxruntime_providers_${name}.so`);
test.each([
  ['none', []],
  ['some', CUDA.slice(0, 2)],
  ['all', CUDA],
] as const)(
  '%s of the files that the install script downloads: complete all the same',
  async (cuda, files) => {
    const found = await inspect({ with: files });
    expect([found.state, found.cuda, found.cure]).toEqual(['complete', cuda, undefined]);
    expect(found.library).toMatch(/libonnxruntime\.so\.1$/);
  },
);

test('another release is named as such', async () => {
  const { state, summary } = await inspect({ version: '9.9.9' });
  expect(state).toBe('complete');
  expect(summary).toContain(`9.9.9 (tested is ${RUNTIME_VERSION})`);
});
