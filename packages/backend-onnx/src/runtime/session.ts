import { CrossmodalError } from '@crossmodal/core';
import type { Tensor } from 'onnxruntime-node';
import { loadRuntime, type NativeSession, type NativeTensors } from './binding.js';

/** How sessions run. */
export interface SessionOptions {
  /** Threads inside one operation. */
  readonly threads: number;
  /** Prefix of a profile that ONNX Runtime writes when the session ends; none by default. */
  readonly profilePrefix?: string;
}

/** One loaded graph, run synchronously. */
export class Session {
  private readonly native: NativeSession;
  private readonly profiled: boolean;
  private disposed = false;

  constructor(model: Uint8Array, options: SessionOptions) {
    const { threads, profilePrefix } = options;
    this.native = loadRuntime().createSession();
    this.profiled = profilePrefix !== undefined;
    guarded('a graph that ONNX Runtime accepts', () =>
      this.native.loadModel(model.buffer, model.byteOffset, model.byteLength, {
        intraOpNumThreads: threads,
        interOpNumThreads: 1,
        executionMode: 'sequential',
        // 'all' adds a layout of blocked channels. Convolutions here have filters that change from run to run, which
        // cannot use it, and reordering images for the poolings between them costs more than those gain.
        graphOptimizationLevel: 'extended',
        enableCpuMemArena: true,
        enableMemPattern: true,
        // Its errors reach the caller as exceptions; a library prints nothing.
        logSeverityLevel: 4,
        // Spinning threads of two pools on the same cores stop each other.
        extra: { session: { intra_op: { allow_spinning: '0' } } },
        ...(profilePrefix === undefined ? {} : { enableProfiling: true, profileFilePrefix: profilePrefix }),
      }),
    );
  }

  /** Runs once; outputs without a tensor to write to get a new one. */
  run(feeds: NativeTensors, fetches: Record<string, Tensor | null>): NativeTensors {
    return guarded('a graph that runs on these values (indices in range)', () =>
      this.native.run(feeds, fetches, {}),
    );
  }

  /** Frees the native session; calling it twice is harmless. */
  dispose(): void {
    if (this.disposed) return;
    this.disposed = true;
    if (this.profiled) this.native.endProfiling();
    this.native.dispose();
  }
}

/** ONNX Runtime throws plain errors; callers branch on typed ones. */
function guarded<Result>(expected: string, run: () => Result): Result {
  try {
    return run();
  } catch (cause) {
    throw new CrossmodalError({
      code: 'backend',
      where: 'ONNX Runtime',
      expected,
      received: cause instanceof Error ? cause.message : String(cause),
      advice: "Run without compile, or on the 'cpu' backend, to see which operation it is.",
      cause,
    });
  }
}
