import * as tf from '@tensorflow/tfjs';
import { CrossmodalError } from '@crossmodal/core';
import { toElementArray } from '../graph/constants.js';
import { GraphBuilder } from '../graph/graph-builder.js';
import type { ElementType, GraphValue } from '../graph/types.js';
import type { DataId, OnnxBackend } from '../onnx-backend.js';
import { foldUniform, type KernelFunction } from './fold-uniform.js';
import { translations } from '../translations/index.js';

/** Inputs of a kernel as TensorFlow.js passes them: a record, or a list for kernels that take any number. */
export type KernelInputs = Readonly<Record<string, tf.TensorInfo | undefined>>;

/**
 * One recording of a step: every kernel that depends on an input or a variable becomes nodes of the graph; kernels on
 * constants are computed right away.
 */
export class Trace {
  /** The graph so far. */
  readonly graph = new GraphBuilder();
  /** Variables that the step read before assigning, with the graph input that stands for each. */
  readonly reads = new Map<tf.Variable, GraphValue>();
  /** The values that variables have at the end of the step. */
  readonly writes = new Map<tf.Variable, GraphValue>();
  /** Every array of numbers that became a tensor during the trace; other arrays at the next trace give random steps away. */
  readonly written: tf.backend_util.BackendValues[] = [];
  private readonly symbols = new WeakMap<DataId, GraphValue>();

  constructor(private readonly backend: OnnxBackend) {}

  /** Makes the tensor that stands for an input of the step. */
  placeholder(like: tf.Tensor): { tensor: tf.Tensor; value: GraphValue } {
    const value = this.graph.input(like.shape, elementType(like.dtype, 'a step input'));
    return { tensor: tf.engine().makeTensorFromTensorInfo(this.infoOf(value), this.backend), value };
  }

  /** Records a kernel, or computes it where nothing in it depends on an input or a variable. */
  kernel(
    name: string,
    inputs: KernelInputs,
    attributes: tf.NamedAttrMap | undefined,
    compute: KernelFunction,
  ): tf.TensorInfo | tf.TensorInfo[] {
    const entries = Object.entries(inputs).filter(
      (entry): entry is [string, tf.TensorInfo] => entry[1] !== undefined && entry[1] !== null,
    );
    if (!entries.some(([, info]) => this.isSymbolic(info))) return this.fold(name, entries, inputs, compute);
    const translate = translations[name];
    if (translate === undefined) throw untranslated(name);
    const values: Record<string, GraphValue> = {};
    for (const [key, info] of entries) values[key] = this.valueOf(info, `kernel ${name}`);
    const result = translate({
      graph: this.graph,
      inputs: values,
      attributes: attributes ?? {},
      kernel: name,
    });
    return Array.isArray(result)
      ? result.map((value) => this.infoOf(value))
      : this.infoOf(result as GraphValue);
  }

  /** Stands in for `Variable.assign`: later reads in the step see the new value, the variable itself stays as it is. */
  assign(variable: tf.Variable, newValue: tf.Tensor): void {
    if (newValue.dtype !== variable.dtype || !tf.util.arraysEqual(newValue.shape, variable.shape)) {
      throw new CrossmodalError({
        code: 'shape',
        where: 'Variable.assign',
        expected: `${variable.dtype} [${variable.shape.join(', ')}]`,
        received: `${newValue.dtype} [${newValue.shape.join(', ')}]`,
      });
    }
    this.writes.set(variable, this.valueOf(newValue, `variable ${variable.name}`));
  }

  /** The graph value that a tensor stands for. */
  valueOf(info: tf.TensorInfo, where: string): GraphValue {
    if (info instanceof tf.Variable) {
      const current = this.writes.get(info) ?? this.reads.get(info);
      if (current !== undefined) return current;
    }
    const symbol = this.symbols.get(info.dataId);
    if (symbol !== undefined) return symbol;
    const dtype = elementType(info.dtype, where);
    if (info instanceof tf.Variable) {
      const value = this.graph.input(info.shape, dtype, 'variable');
      this.reads.set(info, value);
      return value;
    }
    const { values } = this.backend.data.get(info.dataId);
    if (values === undefined) throw escaped(where);
    this.backend.pool.release(values);
    return this.graph.constant(toElementArray(values as ArrayLike<number>, dtype), info.shape, dtype);
  }

  /** Whether a variable's initial value was computed from the step's inputs or variables. */
  isPending(variable: tf.Variable): boolean {
    return this.symbols.has(variable.dataId);
  }

  /** @throws CrossmodalError `unsupported` when the value asked for exists only in the graph, or changes from run to run */
  refuseRead(dataId: DataId): void {
    const changes = [...this.reads.keys(), ...this.writes.keys()].some(
      (variable) => variable.dataId === dataId,
    );
    if (!changes && !this.symbols.has(dataId)) return;
    throw new CrossmodalError({
      code: 'unsupported',
      where: 'compile',
      expected: 'a step that only computes with tensors',
      received: 'a step that reads the values of a tensor (data, dataSync, array, arraySync, print)',
      advice: 'Return the tensor from the step and read it there, or run this step without compile.',
    });
  }

  private fold(
    name: string,
    entries: readonly (readonly [string, tf.TensorInfo])[],
    inputs: KernelInputs,
    compute: KernelFunction,
  ): tf.TensorInfo | tf.TensorInfo[] {
    const folded = foldUniform(this.backend, name, entries, compute, (values) =>
      this.graph.uniformOf(values),
    );
    if (folded === undefined) return compute(inputs);
    const { values } = this.backend.data.get(folded.info.dataId);
    this.graph.knownUniform(values as Float32Array, folded.element);
    return folded.info;
  }

  private isSymbolic(info: tf.TensorInfo): boolean {
    return info instanceof tf.Variable || this.symbols.has(info.dataId);
  }

  private infoOf(value: GraphValue): tf.TensorInfo {
    const dtype = value.dtype as Exclude<ElementType, 'int64'>;
    const shape = [...value.shape];
    if (value.constant !== undefined) {
      return { dataId: this.backend.write(value.constant as Float32Array, shape, dtype), shape, dtype };
    }
    const dataId = this.backend.writeSymbol(dtype);
    this.symbols.set(dataId, value);
    return { dataId, shape, dtype };
  }
}

function elementType(dtype: tf.DataType, where: string): ElementType {
  if (dtype === 'float32' || dtype === 'int32' || dtype === 'bool') return dtype;
  throw new CrossmodalError({
    code: 'unsupported',
    where: 'compile',
    expected: 'float32, int32 or bool tensors',
    received: `${dtype} in ${where}`,
  });
}

function untranslated(kernel: string): CrossmodalError {
  return new CrossmodalError({
    code: 'unsupported',
    where: 'compile',
    expected: 'kernels that have a translation to ONNX',
    received: `kernel ${kernel}`,
    advice:
      'Run this step without compile, or add a translation (README of @crossmodal/backend-onnx, "Adding a kernel").',
  });
}

function escaped(where: string): CrossmodalError {
  return new CrossmodalError({
    code: 'unsupported',
    where: 'compile',
    expected: 'tensors with values, or made in this step',
    received: `a tensor kept from an earlier trace, in ${where}`,
    advice: 'Keep state in a tf.Variable, or return the tensor and pass it in again.',
  });
}
