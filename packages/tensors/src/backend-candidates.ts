import { CrossmodalError } from '@crossmodal/core';
import { tf } from './tf.js';

/** A backend by name. */
export type BackendName = 'tensorflow-gpu' | 'tensorflow' | 'onnx' | 'wasm' | 'cpu';

/** Options of {@link useBackend}. */
export interface BackendOptions {
  /** Threads inside one operation, at least 1, where the backend lets them be chosen. @defaultValue the backend's own choice */
  readonly threads?: number;
  /**
   * Path and start of the name of the profiles that `onnx` writes, one JSON file for each compiled graph, complete when its step is
   * disposed; the other backends have none. @defaultValue none is written
   */
  readonly profile?: string;
}

/** How one backend is loaded; `undefined` packages come with `@tensorflow/tfjs` itself. */
export interface BackendCandidate {
  readonly name: BackendName;
  readonly packageName: string | undefined;
  /** Name under which it is registered in TensorFlow.js. */
  readonly registeredName: string;
  /** The command that installs it, where that is more than `npm install` and its name. */
  readonly install?: string;
  readonly load: (options: BackendOptions) => Promise<void>;
  /** What it can say of itself, working or not; rejected where its package is absent. */
  readonly describe?: () => Promise<BackendDetails>;
}

/** What a backend says of itself beside its speed. */
export interface BackendDetails {
  /** Whether its native library reports to its maker from this process, and why it does or does not. */
  readonly telemetry: { readonly off: boolean; readonly reason: string };
  /** What its install left, in a few words. */
  readonly installation: string;
}

/** What is used of the optional peer `@crossmodal/backend-onnx`. */
interface OnnxBackendModule {
  registerOnnxBackend(options?: BackendOptions): Promise<void>;
  inspectInstallation(): { readonly summary: string };
  inspectTelemetry(): BackendDetails['telemetry'];
}

/** Every backend, in the order in which `auto` tries them. */
export const backendCandidates: readonly BackendCandidate[] = [
  {
    name: 'tensorflow-gpu',
    packageName: '@tensorflow/tfjs-node-gpu',
    registeredName: 'tensorflow',
    load: (options) => loadTensorFlow('@tensorflow/tfjs-node-gpu', options),
  },
  {
    name: 'tensorflow',
    packageName: '@tensorflow/tfjs-node',
    registeredName: 'tensorflow',
    load: (options) => loadTensorFlow('@tensorflow/tfjs-node', options),
  },
  {
    name: 'onnx',
    packageName: '@crossmodal/backend-onnx',
    registeredName: 'onnx',
    // The install script of its dependency fails where no host but npm's registry can be reached, and npm then undoes the whole install.
    install: 'npm install --ignore-scripts @crossmodal/backend-onnx',
    load: async (options) => {
      const module = (await importOptional('@crossmodal/backend-onnx')) as OnnxBackendModule;
      await module.registerOnnxBackend(options);
    },
    describe: async () => {
      const module = (await importOptional('@crossmodal/backend-onnx')) as OnnxBackendModule;
      return { telemetry: module.inspectTelemetry(), installation: module.inspectInstallation().summary };
    },
  },
  {
    name: 'wasm',
    packageName: '@tensorflow/tfjs-backend-wasm',
    registeredName: 'wasm',
    load: async () => {
      await importOptional('@tensorflow/tfjs-backend-wasm');
    },
  },
  {
    name: 'cpu',
    packageName: undefined,
    registeredName: 'cpu',
    load: async () => {
      // Otherwise its first use prints an advertisement for another backend.
      tf.env().set('PROD', true);
    },
  },
];

/** Loads a candidate and makes it TensorFlow.js's active backend; the rejection says why it cannot be. */
export async function activate(candidate: BackendCandidate, options: BackendOptions): Promise<void> {
  await candidate.load(options);
  // setBackend answers false, and warns, when a backend fails to start.
  if (!(await tf.setBackend(candidate.registeredName))) {
    throw new CrossmodalError({
      code: 'backend',
      where: `backend '${candidate.name}'`,
      expected: 'a backend that starts',
      received: 'one that is installed and does not',
    });
  }
  await tf.ready();
}

/** Whether a failed import means that the package itself is not there, rather than that it is broken. */
export function isNotInstalled(error: unknown, packageName: string | undefined): boolean {
  if (packageName === undefined || !(error instanceof Error)) return false;
  const code = (error as Error & { code?: unknown }).code;
  const missing = code === 'ERR_MODULE_NOT_FOUND' || code === 'MODULE_NOT_FOUND';
  return (
    (missing || /Cannot find (package|module)/.test(error.message)) &&
    error.message.includes(`'${packageName}'`)
  );
}

/** The specifier is a parameter so that bundlers leave the optional peer out. */
async function importOptional(specifier: string): Promise<unknown> {
  return import(specifier);
}

async function loadTensorFlow(specifier: string, { threads }: BackendOptions): Promise<void> {
  if (threads !== undefined) {
    // TensorFlow reads these once, when its library is loaded.
    process.env['TF_NUM_INTRAOP_THREADS'] = String(threads);
    process.env['TF_NUM_INTEROP_THREADS'] = '1';
  }
  await importOptional(specifier);
}
