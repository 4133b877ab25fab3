import { describeNode, describeValue } from '../graph/describe.js';
import type { ElementArray } from '../graph/types.js';
import type { TracedStep } from '../trace/trace-step.js';
import type { TensorRecord } from './types.js';

/** The key under which a plan is kept: names, types and shapes of the inputs. */
export function inputSignature(inputs: TensorRecord): string {
  return Object.keys(inputs)
    .sort()
    .map((name) => `${JSON.stringify(name)}:${inputs[name]!.dtype}[${inputs[name]!.shape.join()}]`)
    .join(';');
}

/** Everything about a traced step but the numbers in its constants; equal for two traces of the same computation. */
export function structureKey(traced: TracedStep): string {
  const { graph, reads, writes } = traced.trace;
  return JSON.stringify([
    graph.nodes.map(describeNode),
    graph.constants.map(describeValue),
    Array.from(reads, ([variable, value]) => [variable.id, value.name]),
    Array.from(writes, ([variable, value]) => [variable.id, value.name]),
    Object.entries(traced.outputs).map(([name, value]) => [name, value.name]),
  ]);
}

/** Whether the constants of two traces of equal structure differ. */
export function constantsDiffer(a: TracedStep, b: TracedStep): boolean {
  const again = b.trace.graph.constants;
  return a.trace.graph.constants.some(({ constant, uniform }, index) =>
    uniform === undefined || again[index]!.uniform !== uniform
      ? !sameNumbers(constant as ElementArray, again[index]!.constant as ElementArray)
      : false,
  );
}

/**
 * Whether two traces that made as many tensors made other ones. This sees random numbers before rounding or
 * thresholds, after which two draws may agree by chance.
 */
export function numbersDiffer(a: TracedStep, b: TracedStep): boolean {
  const [written, again] = [a.trace.written, b.trace.written];
  return (
    written.length === again.length && written.some((values, index) => !sameNumbers(values, again[index]!))
  );
}

function sameNumbers(a: ArrayLike<unknown>, b: ArrayLike<unknown>): boolean {
  if (a === b) return true;
  if (a.length !== b.length) return false;
  for (let index = 0; index < a.length; index++) if (!Object.is(a[index], b[index])) return false;
  return true;
}
