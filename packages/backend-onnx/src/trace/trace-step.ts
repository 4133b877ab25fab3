import * as tf from '@tensorflow/tfjs';
import { CrossmodalError } from '@crossmodal/core';
import type { Step, TensorRecord } from '../compile/types.js';
import type { GraphValue } from '../graph/types.js';
import type { OnnxBackend } from '../onnx-backend.js';
import { Trace } from './trace.js';

/** What tracing a step gives. */
export interface TracedStep {
  readonly trace: Trace;
  /** The graph input of each step input. */
  readonly inputs: Readonly<Record<string, GraphValue>>;
  /** Each output's value, and its type in TensorFlow.js. */
  readonly outputs: Readonly<Record<string, GraphValue>>;
  /** Variables made in the step whose initial value depends on its inputs: only a run gives them a value. */
  readonly pending: ReadonlyMap<tf.Variable, GraphValue>;
}

/**
 * Runs a step once on symbols. Variables keep their values, as if the step had not run; variables that it makes stay.
 *
 * @throws CrossmodalError `unsupported` when the step cannot become a graph
 */
export function traceStep(backend: OnnxBackend, step: Step, like: TensorRecord): TracedStep {
  const trace = new Trace(backend);
  const engine = tf.engine();
  const keep = engine.keep.bind(engine);
  const assign = tf.Variable.prototype.assign;
  const kept: tf.Tensor[] = [];
  const before = new Set(Object.values(engine.registeredVariables));
  const inputs: Record<string, GraphValue> = {};
  const outputs: Record<string, GraphValue> = {};
  let finished = false;
  backend.trace = trace;
  tf.Variable.prototype.assign = function (this: tf.Variable, newValue) {
    trace.assign(this, newValue);
  };
  engine.keep = (tensor) => {
    kept.push(tensor);
    return keep(tensor);
  };
  try {
    tf.tidy(() => {
      const placeholders: Record<string, tf.Tensor> = {};
      for (const [name, tensor] of Object.entries(like)) {
        const { tensor: placeholder, value } = trace.placeholder(tensor);
        placeholders[name] = placeholder;
        inputs[name] = value;
      }
      const results = step(placeholders);
      if (results instanceof Promise) throw asynchronous();
      for (const [name, tensor] of Object.entries(results)) {
        outputs[name] = trace.valueOf(tensor, `output ${name}`);
      }
    });
    finished = true;
  } finally {
    backend.trace = undefined;
    tf.Variable.prototype.assign = assign;
    // The engine's own method lives on its prototype; the stand-in was an own property.
    delete (engine as { keep?: unknown }).keep;
    // A step that threw has left the tensors that it saved for its gradients.
    if (!finished) for (const tensor of kept) if (!tensor.isDisposed) tensor.dispose();
  }
  const pending = new Map<tf.Variable, GraphValue>();
  for (const variable of Object.values(engine.registeredVariables)) {
    if (before.has(variable) || !trace.isPending(variable)) continue;
    pending.set(variable, trace.writes.get(variable) ?? trace.valueOf(variable, `variable ${variable.name}`));
  }
  return { trace, inputs, outputs, pending };
}

function asynchronous(): CrossmodalError {
  return new CrossmodalError({
    code: 'unsupported',
    where: 'compile',
    expected: 'a step that returns a record of tensors',
    received: 'an asynchronous step',
    advice: 'Await what it needs outside and pass it in.',
  });
}
