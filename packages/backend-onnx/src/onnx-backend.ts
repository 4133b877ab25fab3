import * as tf from '@tensorflow/tfjs';
import { CrossmodalError } from '@crossmodal/core';
import { OnnxCompiledStep } from './compile/onnx-compiled-step.js';
import type { CompiledStep, CompileOptions, Step } from './compile/types.js';
import type { EagerSessions } from './eager/eager-sessions.js';
import { BufferPool } from './runtime/buffer-pool.js';
import type { Trace } from './trace/trace.js';

/** What the backend keeps for one data id; the layout is the one that TensorFlow.js's cpu kernels expect. */
export interface StoredData {
  values?: tf.backend_util.BackendValues;
  dtype: tf.DataType;
  refCount: number;
  complexTensorInfos?: { real: tf.TensorInfo; imag: tf.TensorInfo };
}

/** Names a value inside TensorFlow.js backends. */
export type DataId = tf.TensorInfo['dataId'];

/**
 * A TensorFlow.js backend that keeps values in main memory, runs heavy kernels in ONNX Runtime and the others by the
 * cpu backend's kernels, and compiles steps.
 */
export class OnnxBackend extends tf.KernelBackend {
  /** Tile of the cpu backend's matrix product. */
  readonly blockSize = 48;
  /** Values by data id. */
  readonly data: tf.DataStorage<StoredData>;
  /** Buffers of variables that compiled steps may write to. */
  readonly pool = new BufferPool();
  /** The trace that is open, if any. */
  trace: Trace | undefined;
  private nextId = 0;
  private profiles = 0;

  constructor(
    /** Threads inside one operation. */
    readonly threads: number,
    /** Threads inside a large product outside of compiled steps, and inside steps that are made of these. */
    readonly productThreads: number,
    /** Sessions for single kernels. */
    readonly sessions: EagerSessions,
    private readonly profile?: string,
  ) {
    super();
    this.data = new tf.DataStorage<StoredData>(this, tf.engine());
  }

  /**
   * Compiles a step: it is traced at its first run at each input shape and is one graph from then on.
   *
   * @see {@link CompiledStep}
   */
  compileStep(step: Step, { largeProducts = false }: CompileOptions = {}): CompiledStep {
    return new OnnxCompiledStep(this, step, largeProducts ? this.productThreads : this.threads);
  }

  /** The start of the next profile's name, where profiles are wanted. */
  nextProfile(): string | undefined {
    return this.profile === undefined ? undefined : `${this.profile}-${this.profiles++}`;
  }

  override write(values: tf.backend_util.BackendValues, _shape: number[], dtype: tf.DataType): DataId {
    if (values !== undefined && values !== null) this.trace?.written.push(values);
    return this.store({ values, dtype, refCount: 1 });
  }

  /** Makes a data id without values, for a value that exists only in a graph. */
  writeSymbol(dtype: tf.DataType): DataId {
    return this.store({ dtype, refCount: 1 });
  }

  override move(
    dataId: DataId,
    values: tf.backend_util.BackendValues,
    _shape: number[],
    dtype: tf.DataType,
    refCount: number,
  ): void {
    this.data.set(dataId, { values, dtype, refCount });
  }

  /** Makes the description of a new tensor, as cpu kernels ask for it. */
  makeTensorInfo(
    shape: number[],
    dtype: tf.DataType,
    values?: tf.backend_util.BackendValues | string[],
  ): tf.TensorInfo {
    const encoded =
      dtype === 'string' && values !== undefined
        ? Array.from(values as ArrayLike<string | Uint8Array>, (item) =>
            typeof item === 'string' ? tf.util.encodeString(item) : item,
          )
        : (values as tf.backend_util.BackendValues);
    return { dataId: this.write(encoded, shape, dtype), shape, dtype };
  }

  /** Makes a tensor of the engine, as a few cpu kernels ask for it. */
  makeOutput(values: tf.backend_util.BackendValues, shape: number[], dtype: tf.DataType): tf.Tensor {
    return tf.engine().makeTensorFromTensorInfo(this.makeTensorInfo(shape, dtype, values), this);
  }

  override readSync(dataId: DataId): tf.backend_util.BackendValues {
    this.trace?.refuseRead(dataId);
    const { dtype, complexTensorInfos, values } = this.data.get(dataId);
    if (complexTensorInfos !== undefined) {
      const real = this.readSync(complexTensorInfos.real.dataId) as Float32Array;
      const imaginary = this.readSync(complexTensorInfos.imag.dataId) as Float32Array;
      return tf.backend_util.mergeRealAndImagArrays(real, imaginary);
    }
    if (values === undefined) throw unreadable();
    this.pool.release(values);
    return tf.util.convertBackendValuesAndArrayBuffer(values, dtype);
  }

  override read(dataId: DataId): Promise<tf.backend_util.BackendValues> {
    return new Promise((resolve) => resolve(this.readSync(dataId)));
  }

  /** The values of a tensor with their shape, as cpu kernels ask for them. */
  bufferSync<R extends tf.Rank, D extends tf.DataType>(info: tf.TensorInfo): tf.TensorBuffer<R, D> {
    const values = this.readSync(info.dataId);
    const items =
      info.dtype === 'string' ? (values as Uint8Array[]).map((bytes) => tf.util.decodeString(bytes)) : values;
    return tf.buffer(info.shape as tf.ShapeMap[R], info.dtype as D, items as tf.DataTypeMap[D]);
  }

  /** Says that the values of a data id may be held outside from now on. */
  release(dataId: DataId): void {
    const { values } = this.data.get(dataId);
    if (values !== undefined && values !== null) this.pool.release(values);
  }

  override refCount(dataId: DataId): number {
    return this.data.has(dataId) ? this.data.get(dataId).refCount : 0;
  }

  override incRef(dataId: DataId): void {
    this.data.get(dataId).refCount++;
  }

  /** Forgets one reference without freeing the values. */
  decRef(dataId: DataId): void {
    if (this.data.has(dataId)) this.data.get(dataId).refCount--;
  }

  override disposeData(dataId: DataId, force = false): boolean {
    if (!this.data.has(dataId)) return true;
    const stored = this.data.get(dataId);
    stored.refCount--;
    if (!force && stored.refCount > 0) return false;
    if (stored.complexTensorInfos !== undefined) {
      this.disposeData(stored.complexTensorInfos.real.dataId, true);
      this.disposeData(stored.complexTensorInfos.imag.dataId, true);
    }
    this.data.delete(dataId);
    return true;
  }

  /** Frees what a cpu kernel made for itself. */
  disposeIntermediateTensorInfo(info: tf.TensorInfo): void {
    this.disposeData(info.dataId);
  }

  /** Coordinates of the true elements, `[count, rank]`. */
  where(condition: tf.Tensor): tf.Tensor2D {
    return tf.kernel_impls.whereImpl(condition.shape, this.readSync(condition.dataId) as Uint8Array);
  }

  override numDataIds(): number {
    return this.data.numDataIds();
  }

  override async time(run: () => void): Promise<tf.BackendTimingInfo> {
    const start = tf.util.now();
    run();
    return { kernelMs: tf.util.now() - start } as tf.BackendTimingInfo;
  }

  override memory(): { unreliable: boolean; reasons: string[] } {
    return { unreliable: true, reasons: ['Values are freed when JavaScript collects them.'] };
  }

  override floatPrecision(): 16 | 32 {
    return 32;
  }

  override dispose(): void {
    this.sessions.dispose();
  }

  private store(stored: StoredData): DataId {
    const dataId = { id: this.nextId++ };
    this.data.set(dataId, stored);
    return dataId;
  }
}

function unreadable(): CrossmodalError {
  return new CrossmodalError({
    code: 'state',
    where: 'tensor.data',
    expected: 'a tensor with values',
    received: 'a tensor that only existed while a step was being compiled',
    advice: 'Return it from the step instead of keeping it.',
  });
}
