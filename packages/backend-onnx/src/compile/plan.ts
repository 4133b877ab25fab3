import * as tf from '@tensorflow/tfjs';
import { CrossmodalError } from '@crossmodal/core';
import type { Tensor } from 'onnxruntime-node';
import { emptyArray, toElementArray } from '../graph/constants.js';
import { prune } from '../graph/prune.js';
import { sizeOf } from '../graph/shapes.js';
import type { ElementArray, GraphValue } from '../graph/types.js';
import { encodeModel } from '../model/encode-model.js';
import type { OnnxBackend } from '../onnx-backend.js';
import { loadRuntime, type NativeTensors } from '../runtime/binding.js';
import { Session } from '../runtime/session.js';
import type { TracedStep } from '../trace/trace-step.js';
import type { TensorRecord } from './types.js';

// Larger constants are fed on each run, which copies nothing; in the model they would be stored twice.
const LARGEST_INITIALIZER = 4096;

/** One traced step as a session: what to feed, what to fetch, and where new values of variables go. */
export class Plan {
  private readonly session: Session;
  private readonly inputs: readonly (readonly [string, GraphValue])[];
  private readonly reads: readonly (readonly [tf.Variable, GraphValue])[];
  private readonly constants: NativeTensors = {};
  private readonly writes: readonly (readonly [tf.Variable, GraphValue])[];
  private readonly outputs: readonly (readonly [string, GraphValue])[];

  constructor(
    private readonly backend: OnnxBackend,
    traced: TracedStep,
    threads: number,
  ) {
    const { graph, reads, writes } = traced.trace;
    const fetched = new Set<GraphValue>();
    // Graph outputs must be distinct results of nodes; a copy serves for inputs, constants and values wanted twice.
    const output = (value: GraphValue): GraphValue => {
      const result = value.node !== undefined && !fetched.has(value) ? value : graph.copy(value);
      fetched.add(result);
      return result;
    };
    this.writes = [...new Map([...writes, ...traced.pending])]
      .filter(([variable, value]) => !variable.isDisposed && value !== reads.get(variable))
      .map(([variable, value]) => [variable, output(value)] as const);
    this.outputs = Object.entries(traced.outputs).map(([name, value]) => [name, output(value)] as const);
    const { nodes, leaves } = prune(graph.nodes, [...fetched]);
    const constants = graph.constants.filter((value) => leaves.has(value));
    this.inputs = Object.entries(traced.inputs).filter(([, value]) => leaves.has(value));
    this.reads = [...reads].filter(([, value]) => leaves.has(value));
    const initializers: GraphValue[] = [];
    const fed: GraphValue[] = [];
    for (const value of constants) {
      if (sizeOf(value.shape) <= LARGEST_INITIALIZER) initializers.push(value);
      else fed.push(value);
    }
    for (const value of fed) this.constants[value.name] = nativeTensor(value, value.constant as ElementArray);
    const inputs = [
      ...this.inputs.map(([, value]) => value),
      ...this.reads.map(([, value]) => value),
      ...fed,
    ];
    const model = encodeModel({ nodes, inputs, outputs: [...fetched], initializers });
    const profilePrefix = backend.nextProfile();
    this.session = new Session(model, {
      threads,
      ...(profilePrefix === undefined ? {} : { profilePrefix }),
    });
  }

  /** Runs the step once: variables get their next values, outputs come back. */
  run(inputs: TensorRecord): Record<string, ElementArray> {
    const feeds: NativeTensors = { ...this.constants };
    for (const [name, value] of this.inputs)
      feeds[value.name] = nativeTensor(value, this.valuesOf(inputs[name]!, value));
    for (const [variable, value] of this.reads) {
      if (variable.isDisposed) throw disposedVariable(variable);
      feeds[value.name] = nativeTensor(value, this.valuesOf(variable, value));
    }
    const fetches: Record<string, Tensor | null> = {};
    const next: ElementArray[] = [];
    for (const [variable, value] of this.writes) {
      if (variable.isDisposed) throw disposedVariable(variable);
      const size = sizeOf(value.shape);
      const buffer = this.backend.pool.take(variable, size) ?? emptyArray(size, value.dtype);
      next.push(buffer);
      fetches[value.name] = nativeTensor(value, buffer);
    }
    for (const [, value] of this.outputs) fetches[value.name] = null;
    const results = this.session.run(feeds, fetches);
    for (const [index, [variable]] of this.writes.entries()) this.replace(variable, next[index]!);
    return Object.fromEntries(
      this.outputs.map(([name, value]) => [name, results[value.name]!.data as ElementArray]),
    );
  }

  /** Frees the session. */
  dispose(): void {
    this.session.dispose();
  }

  private valuesOf(tensor: tf.Tensor, value: GraphValue): ElementArray {
    const { values } = this.backend.data.get(tensor.dataId);
    if (values === undefined) {
      throw new CrossmodalError({
        code: 'state',
        where: 'CompiledStep.run',
        expected: 'tensors with values',
        received: 'a tensor that only existed while a step was being compiled',
      });
    }
    return toElementArray(values as ArrayLike<number>, value.dtype);
  }

  private replace(variable: tf.Variable, values: ElementArray): void {
    const { backend } = this;
    const stored = backend.data.get(variable.dataId);
    if (stored.refCount === 1) {
      if (stored.values !== undefined) backend.pool.retire(variable, stored.values);
      stored.values = values as Float32Array;
    } else {
      // A clone or a reshape shares the old values and keeps them.
      if (stored.values !== undefined) backend.pool.release(stored.values);
      const fresh = tf.engine().makeTensor(values as Float32Array, variable.shape, variable.dtype, backend);
      variable.assign(fresh);
      fresh.dispose();
    }
    backend.pool.own(values);
  }
}

function nativeTensor(value: GraphValue, values: ElementArray): Tensor {
  return loadRuntime().tensor(values, value.shape, value.dtype);
}

function disposedVariable(variable: tf.Variable): CrossmodalError {
  return new CrossmodalError({
    code: 'state',
    where: 'CompiledStep.run',
    expected: `variable ${variable.name} alive`,
    received: 'a disposed variable',
    advice: 'Compile the step again after replacing its variables.',
  });
}
