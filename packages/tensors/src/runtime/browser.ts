import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-core/dist/register_all_gradients';
import * as tf from '@tensorflow/tfjs-core';
import type { BackendCandidate } from '../backends/backend-candidate.js';

export { tf };

/** What is used of the optional peer `@tensorflow/tfjs-backend-wasm`. */
interface WasmModule {
  setWasmPaths(folder: string): void;
  setThreadsCount(threads: number): void;
}

/** Bundlers let an import fail that is caught, so that an optional package may be missing. */
function notInstalled(error: unknown): never {
  throw error;
}

/** Every backend of a browser, in the order in which `auto` tries them. Bundlers find the optional ones by their names here. */
export const backendCandidates: readonly BackendCandidate[] = [
  {
    name: 'webgpu',
    packageName: '@tensorflow/tfjs-backend-webgpu',
    registeredName: 'webgpu',
    load: async () => {
      await import('@tensorflow/tfjs-backend-webgpu').catch(notInstalled);
    },
  },
  {
    name: 'wasm',
    packageName: '@tensorflow/tfjs-backend-wasm',
    registeredName: 'wasm',
    load: async ({ threads, wasmPath }) => {
      const module = (await import('@tensorflow/tfjs-backend-wasm').catch(notInstalled)) as WasmModule;
      if (wasmPath !== undefined) module.setWasmPaths(wasmPath);
      if (threads !== undefined) module.setThreadsCount(threads);
    },
  },
  {
    name: 'webgl',
    packageName: '@tensorflow/tfjs-backend-webgl',
    registeredName: 'webgl',
    load: async () => {
      await import('@tensorflow/tfjs-backend-webgl');
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
