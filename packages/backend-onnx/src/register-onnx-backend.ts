import { availableParallelism } from 'node:os';
import * as tf from '@tensorflow/tfjs';
import { CrossmodalError } from '@crossmodal/core';
import { eagerKernel } from './eager/eager-kernel.js';
import { EagerSessions } from './eager/eager-sessions.js';
import { OnnxBackend } from './onnx-backend.js';
import { loadRuntime } from './runtime/binding.js';
import type { KernelInputs } from './trace/trace.js';

/** How the backend runs. */
export interface OnnxBackendOptions {
  /**
   * Threads inside one operation, a positive integer.
   *
   * @defaultValue 1: several training runs side by side beat several threads on the small operations of one run. Single products of 2^28
   * multiplications or more, outside of compiled steps, get all cores (16 at most); what comes out is the same to the last bit.
   */
  readonly threads?: number;
  /**
   * Path and start of the name of the profiles that ONNX Runtime writes, one JSON file for each compiled graph, complete
   * when its step is disposed: the time of every operation, for chrome://tracing or Perfetto. Runs are slower meanwhile.
   *
   * @defaultValue none is written
   */
  readonly profile?: string;
}

const NAME = 'onnx';
/** More threads than this wait for memory. */
const MOST_THREADS = 16;

/**
 * Registers the backend 'onnx' with TensorFlow.js; `tf.setBackend('onnx')` then selects it. A second call does nothing,
 * whatever its options.
 *
 * @throws CrossmodalError `backend` when ONNX Runtime's native library cannot load on this machine
 * @throws CrossmodalError `option` when `threads` is not a positive integer, or `profile` is empty
 * @example
 * ```ts
 * await registerOnnxBackend({ threads: 2 });
 * await tf.setBackend('onnx');
 * ```
 */
export async function registerOnnxBackend(options: OnnxBackendOptions = {}): Promise<void> {
  const { threads = 1, profile } = options;
  const productThreads = options.threads ?? Math.min(MOST_THREADS, availableParallelism());
  if (!Number.isInteger(threads) || threads < 1) refuse('threads to be a positive integer', String(threads));
  if (profile === '') refuse('profile to be the start of a path', 'an empty text');
  if (tf.findBackendFactory(NAME) !== null) return;
  loadRuntime();
  // The priority stays below every backend that TensorFlow.js brings: only a caller's choice selects this one.
  tf.registerBackend(
    NAME,
    () => new OnnxBackend(threads, productThreads, new EagerSessions(threads), profile),
    0,
  );
  for (const kernel of tf.getKernelsForBackend('cpu')) tf.registerKernel(wrap(kernel));
}

function refuse(expected: string, received: string): never {
  throw new CrossmodalError({ code: 'option', where: 'registerOnnxBackend', expected, received });
}

function wrap(kernel: tf.KernelConfig): tf.KernelConfig {
  const { kernelName, kernelFunc } = kernel;
  return {
    ...kernel,
    backendName: NAME,
    kernelFunc: (call) => {
      const backend = call.backend as OnnxBackend;
      const inputs = call.inputs as KernelInputs;
      const attributes = call.attrs ?? {};
      const compute = (actual: KernelInputs) => {
        // The cpu implementation may hand on a part of an input's memory.
        for (const info of Object.values(actual)) if (info) backend.release(info.dataId);
        return (
          eagerKernel(backend, kernelName, actual, attributes) ??
          kernelFunc({ ...call, inputs: actual as tf.NamedTensorInfoMap })
        );
      };
      return backend.trace === undefined
        ? compute(inputs)
        : backend.trace.kernel(kernelName, inputs, attributes, compute);
    },
  };
}
