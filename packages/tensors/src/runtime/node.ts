import * as tf from '@tensorflow/tfjs';
import type { BackendCandidate, BackendDetails, BackendOptions } from '../backends/backend-candidate.js';

export { tf };

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
