import { createRequire } from 'node:module';
import { CrossmodalError } from '@crossmodal/core';
import type { Tensor } from 'onnxruntime-node';
import type { ElementArray, ElementType } from '../graph/types.js';
import { INSTALL_COMMAND, inspectInstallation } from './installation.js';
import { disableTelemetry } from './telemetry.js';

/** Tensors by name, as the native library takes and gives them. */
export type NativeTensors = Record<string, Tensor>;

/** The synchronous session under ONNX Runtime's asynchronous JavaScript interface. */
export interface NativeSession {
  loadModel(buffer: ArrayBufferLike, offset: number, length: number, options: object): void;
  run(feeds: NativeTensors, fetches: Record<string, Tensor | null>, options: object): NativeTensors;
  dispose(): void;
  endProfiling(): void;
}

/** ONNX Runtime's native library. */
export interface NativeRuntime {
  /** Makes a session without a model. */
  createSession(): NativeSession;
  /** Wraps a typed array without a copy. */
  tensor(values: ElementArray, shape: readonly number[], dtype: ElementType): Tensor;
}

let loaded: NativeRuntime | undefined;

/**
 * Loads ONNX Runtime's native library, once, with its telemetry turned off.
 *
 * @throws CrossmodalError `backend` when the library is missing or does not fit this platform, and in a worker thread that cannot
 * turn telemetry off
 */
export function loadRuntime(): NativeRuntime {
  loaded ??= load();
  return loaded;
}

function load(): NativeRuntime {
  const { state, summary, cure } = inspectInstallation();
  if (state !== 'complete') throw unusable(summary, cure);
  disableTelemetry();
  const require = createRequire(import.meta.url);
  try {
    // The binding first: the package's own entry point would fail with a message that names neither cause nor cure.
    const { binding, initOrt } = require('onnxruntime-node/dist/binding.js') as {
      binding: { InferenceSession: new () => NativeSession };
      initOrt: () => void;
    };
    const runtime = require('onnxruntime-node') as { Tensor: typeof Tensor };
    initOrt();
    return {
      createSession: () => new binding.InferenceSession(),
      // ONNX Runtime's types list the pairs of element type and array one by one; they fit by construction here.
      tensor: (values, shape, dtype) => new runtime.Tensor(dtype as 'float32', values as Float32Array, shape),
    };
  } catch (cause) {
    const received = cause instanceof Error ? cause.message.split('\n')[0] : String(cause);
    const again = `Remove onnxruntime-node and run '${INSTALL_COMMAND}', or use the 'wasm' or 'cpu' backend.`;
    throw unusable(received!, again, cause);
  }
}

function unusable(received: string, advice: string | undefined, cause?: unknown): CrossmodalError {
  return new CrossmodalError({
    code: 'backend',
    where: 'registerOnnxBackend',
    expected: `ONNX Runtime's native library for ${process.platform} ${process.arch}`,
    received,
    ...(advice === undefined ? {} : { advice }),
    cause,
  });
}
