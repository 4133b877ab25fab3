import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, expect, test } from 'vitest';
import { inspectTelemetry } from '../src/index.js';
import { inspectInstallation } from '../src/runtime/installation.js';
import { hasTelemetryClient } from '../src/runtime/telemetry.js';
import { fakeRuntime } from './support/fake-runtime.js';

const WITH_CLIENT = 'machine code, https://mobile.events.data.microsoft.com/, more of it';
const cleanups: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const remove of cleanups.splice(0)) await remove();
});

/** What a load of the native binding saw of ORT_DISABLE_TELEMETRY. */
interface Load {
  readonly isMainThread: boolean;
  readonly here?: string;
  readonly native?: string;
}

/**
 * Runs a script in a process of its own, without the variable, where onnxruntime-node is a fake one. `register` in it registers the
 * backend and gives what telemetry's inspection says, or the message of the error; `inWorker(options)` does so in a worker thread.
 */
async function inProcess(library: string, script: string): Promise<{ said: string[]; loads: Load[] }> {
  const { project, remove } = await fakeRuntime({ library });
  cleanups.push(remove);
  const root = dirname(project);
  const hook = `
    const Module = require('node:module');
    const find = Module._resolveFilename;
    Module._resolveFilename = function (request, ...rest) {
      const fake = request.startsWith('onnxruntime-node');
      return find.call(this, fake ? ${JSON.stringify(join(root, 'node_modules'))} + '/' + request : request, ...rest);
    };`;
  const source = pathToFileURL(resolve(import.meta.dirname, '../src/index.ts')).href;
  // Each thread has its own loader of TypeScript.
  const register = `
    const register = async () => {
      (await import(${JSON.stringify(import.meta.resolve('tsx/esm/api'))})).register();
      const backend = await import(${JSON.stringify(source)});
      try {
        await backend.registerOnnxBackend();
        const { off, reason } = backend.inspectTelemetry();
        return (off ? 'off: ' : 'on: ') + reason;
      } catch (error) {
        return error.name + ' ' + error.code + ' ' + error.message;
      }
    };`;
  const worker = `${register}\nregister().then((said) => require('node:worker_threads').parentPort.postMessage(said));`;
  const main = `${register}
    const { Worker, SHARE_ENV } = require('node:worker_threads');
    const inWorker = (options) => new Promise((done, fail) => {
      const worker = new Worker(${JSON.stringify(worker)}, { eval: true, ...options });
      worker.on('message', done).on('error', fail);
    });
    (async () => { ${script} })();`;
  await writeFile(join(root, 'hook.cjs'), hook);
  await writeFile(join(root, 'main.cjs'), main);
  const { ORT_DISABLE_TELEMETRY: _, ...env } = process.env;
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--require', join(root, 'hook.cjs'), '--conditions=@crossmodal/source', join(root, 'main.cjs')],
    { env: { ...env, TSX_TSCONFIG_PATH: resolve(import.meta.dirname, '../tsconfig.json') } },
  );
  const seen = join(root, 'loads.jsonl');
  const lines = existsSync(seen) ? readFileSync(seen, 'utf8').trim().split('\n') : [];
  return { said: stdout.trim().split('\n'), loads: lines.map((line) => JSON.parse(line) as Load) };
}

const SET = { here: '1', native: '1' };

test('the main thread sets the variable before the first load, and its worker threads and processes have it', async () => {
  const { said, loads } = await inProcess(
    WITH_CLIENT,
    `console.log(await register());
     console.log(await inWorker());
     const child = require('node:child_process').execFileSync(process.execPath, ['-p', 'process.env.ORT_DISABLE_TELEMETRY']);
     console.log(String(child).trim());`,
  );
  expect(loads).toEqual([
    { isMainThread: true, ...SET },
    { isMainThread: false, ...SET },
  ]);
  expect(said.at(-1)).toBe('1');
  if (process.platform !== 'win32')
    expect(said.slice(0, 2)).toEqual(Array(2).fill('off: ORT_DISABLE_TELEMETRY=1'));
});

test.skipIf(process.platform === 'win32')(
  'a library that other code loaded before is not called silent',
  async () => {
    const { said } = await inProcess(
      WITH_CLIENT,
      `require('onnxruntime-node/dist/binding.js');
     console.log(await register());`,
    );
    expect(said[0]).toMatch(/^on: .* was loaded by other code before ORT_DISABLE_TELEMETRY=1$/);
  },
);

test('a worker thread that comes first loads a library without telemetry', async () => {
  const { said, loads } = await inProcess('machine code', 'console.log(await inWorker());');
  expect(loads).toEqual([{ isMainThread: false, here: '1' }]);
  if (process.platform !== 'win32') expect(said).toEqual(['off: no telemetry in version 1.27.0']);
});

test('a worker thread that comes first refuses one with telemetry, whatever its copy of the environment says', async () => {
  const { said, loads } = await inProcess(
    WITH_CLIENT,
    `console.log(await inWorker());
     console.log(await inWorker({ env: { ...process.env, ORT_DISABLE_TELEMETRY: '1' } }));`,
  );
  expect(loads).toEqual([]);
  for (const message of said)
    expect(message).toMatch(/^CrossmodalError backend .*ORT_DISABLE_TELEMETRY=1.*SHARE_ENV/);
});

test('a worker thread that shares the environment sets the variable itself', async () => {
  const { loads } = await inProcess(WITH_CLIENT, 'console.log(await inWorker({ env: SHARE_ENV }));');
  expect(loads).toEqual([{ isMainThread: false, ...SET }]);
});

test.skipIf(process.platform === 'win32')('the installed library has no telemetry', () => {
  const { library, version } = inspectInstallation();
  expect(hasTelemetryClient(library!)).toBe(false);
  expect(inspectTelemetry()).toEqual({ off: true, reason: `no telemetry in version ${version}` });
});
