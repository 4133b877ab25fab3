import type { GraphValue } from '../graph/types.js';
import type { TracedStep } from '../trace/trace-step.js';
import type { TensorRecord } from './types.js';

/** The key under which a plan is kept: names, types and shapes of the inputs. */
export function inputSignature(inputs: TensorRecord): string {
  return Object.keys(inputs)
    .sort()
    .map((name) => `${JSON.stringify(name)}:${inputs[name].dtype}[${inputs[name].shape.join()}]`)
    .join(';');
}

/** Everything about a traced step but the numbers in its constants; equal for two traces of the same computation. */
export function structureKey(traced: TracedStep): string {
  const { graph, reads, writes } = traced.trace;
  const describe = (value: GraphValue): string => `${value.name}:${value.dtype}[${value.shape.join()}]`;
  return JSON.stringify([
    graph.nodes.map((node) => [
      node.op,
      node.attributes,
      node.inputs.map((value) => value?.name),
      node.outputs.map(describe),
    ]),
    graph.constants.map(describe),
    Array.from(reads, ([variable, value]) => [variable.id, value.name]),
    Array.from(writes, ([variable, value]) => [variable.id, value.name]),
    Object.entries(traced.outputs).map(([name, value]) => [name, value.name]),
  ]);
}

/** The first constant whose numbers differ between two traces of equal structure. */
export function changedConstant(a: TracedStep, b: TracedStep): GraphValue | undefined {
  return a.trace.graph.constants.find((value, index) => {
    const [left, right] = [value.constant, b.trace.graph.constants[index].constant];
    if (left === right || left === undefined || right === undefined) return false;
    return left.some((element, position) => !Object.is(element, right[position]));
  });
}
