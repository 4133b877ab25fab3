import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { isMainThread } from 'node:worker_threads';
import { CrossmodalError } from '@crossmodal/core';
import { inspectInstallation } from './installation.js';
import { processFacts } from './process-facts.js';

/** ONNX Runtime reads it once, when its first session is made in a process. */
const VARIABLE = 'ORT_DISABLE_TELEMETRY';
/** In every library with the client, and in none without. */
const CLIENT = Buffer.from('events.data.microsoft.com');

/** Whether ONNX Runtime in this process reports to its maker. */
export interface TelemetryReport {
  /** True when it sends and stores nothing. */
  readonly off: boolean;
  /** Why, in a few words. */
  readonly reason: string;
}

/** Whether other code had ONNX Runtime in this thread first, when nothing had turned its telemetry off. */
let tooLate = false;

/** Whether a build of ONNX Runtime's library has the client that sends events. */
export function hasTelemetryClient(library: string): boolean {
  return readFileSync(library).includes(CLIENT);
}

/**
 * Turns ONNX Runtime's telemetry off, for this process and the processes that it starts. To be called before the library is loaded.
 *
 * The pinned release has no telemetry on Linux and macOS; this is for releases that replace it (npm's `overrides`). The
 * library reads the environment of the process. `process.env` of the main thread is that environment, `process.env` of a
 * worker thread a copy, so a worker cannot turn anything off.
 *
 * @throws CrossmodalError `backend` in a worker thread that would start the client
 */
export function disableTelemetry(): void {
  const { library } = inspectInstallation();
  if (isMainThread) tooLate = process.env[VARIABLE] !== '1' && isLoadedHere();
  process.env[VARIABLE] = '1';
  if (isMainThread || library === undefined) return;
  if (processFacts().environment[VARIABLE] === '1' || !hasTelemetryClient(library)) return;
  throw new CrossmodalError({
    code: 'backend',
    where: 'registerOnnxBackend',
    expected: `${VARIABLE}=1 in the environment of the process, since this build of ONNX Runtime sends telemetry`,
    received: 'a worker thread of a process without it, which cannot set it',
    advice: `Start the process with ${VARIABLE}=1, call registerOnnxBackend in the main thread first, or start the worker with env: SHARE_ENV.`,
  });
}

/**
 * Finds out whether ONNX Runtime's telemetry is off in this process: from the libraries that are loaded, or that would be,
 * and from the environment that they read.
 *
 * @example
 * ```ts
 * import { inspectTelemetry } from '@crossmodal/backend-onnx';
 *
 * const { off, reason } = inspectTelemetry();
 * console.log(off ? 'off' : 'on', reason);
 * ```
 */
export function inspectTelemetry(): TelemetryReport {
  const { library, version } = inspectInstallation();
  const { environment, libraries } = processFacts();
  const loaded = libraries.filter((path) => /(^|[\\/])(lib)?onnxruntime\.(\d|so|dylib|dll)/.test(path));
  const examined = loaded.length > 0 ? loaded : library === undefined ? [] : [library];
  if (examined.length === 0) return { off: true, reason: 'ONNX Runtime is not there' };
  if (process.platform === 'win32')
    return {
      off: false,
      reason: "left to Windows: its event tracing gets events, and Windows' privacy settings rule",
    };
  const talking = examined.filter(hasTelemetryClient);
  if (talking.length === 0) {
    const which = loaded.length > 0 && loaded[0] !== library ? examined.join(', ') : `version ${version}`;
    return { off: true, reason: `no telemetry in ${which}` };
  }
  const set = environment[VARIABLE] === '1';
  if (set && !tooLate) return { off: true, reason: `${VARIABLE}=1` };
  const cause = set ? 'was loaded by other code before' : 'is not stopped by';
  return { off: false, reason: `${talking.join(', ')} ${cause} ${VARIABLE}=1` };
}

function isLoadedHere(): boolean {
  const require = createRequire(import.meta.url);
  return Object.keys(require.cache).some((file) => /onnxruntime-node[\\/]dist[\\/]binding\.js$/.test(file));
}
