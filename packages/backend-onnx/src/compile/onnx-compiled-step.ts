import { CrossmodalError } from '@crossmodal/core';
import type { OnnxBackend } from '../onnx-backend.js';
import { traceStep, type TracedStep } from '../trace/trace-step.js';
import { Plan } from './plan.js';
import { constantsDiffer, inputSignature, numbersDiffer, structureKey } from './signature.js';
import type { CompiledStep, Step, TensorRecord } from './types.js';

// A step may take another path at its first calls (making its variables); one that never settles cannot be a graph.
const MOST_UNSETTLED_CALLS = 3;

/** A step, with one plan for each shape of its inputs. */
export class OnnxCompiledStep implements CompiledStep {
  private readonly plans = new Map<string, Plan>();
  private unsettledCalls = 0;
  private disposed = false;

  constructor(
    private readonly backend: OnnxBackend,
    private readonly step: Step,
    private readonly threads: number,
  ) {}

  async run(inputs: TensorRecord): Promise<Record<string, Float32Array>> {
    // Signals and timers get their turn; the run itself blocks the thread.
    await new Promise(setImmediate);
    this.refuseDisposed();
    const signature = inputSignature(inputs);
    const known = this.plans.get(signature);
    const outputs = known === undefined ? this.firstRun(signature, inputs) : known.run(inputs);
    // Integer and boolean outputs come as their own arrays, as `tensor.data()` gives them.
    return outputs as Record<string, Float32Array>;
  }

  dispose(): void {
    this.disposed = true;
    for (const plan of this.plans.values()) plan.dispose();
    this.plans.clear();
  }

  private firstRun(signature: string, inputs: TensorRecord): ReturnType<Plan['run']> {
    const first = traceStep(this.backend, this.step, inputs);
    if (first.pending.size > 0) return this.runOnce(first, inputs);
    const second = traceStep(this.backend, this.step, inputs);
    if (numbersDiffer(first, second)) throw randomNumbers();
    if (structureKey(first) !== structureKey(second)) return this.runOnce(first, inputs);
    // Making variables writes numbers that later calls do not; a third trace then stands for those.
    const settled = first.trace.written.length === second.trace.written.length;
    if (!settled && numbersDiffer(second, traceStep(this.backend, this.step, inputs))) throw randomNumbers();
    if (constantsDiffer(first, second)) throw randomNumbers();
    const plan = new Plan(this.backend, second, this.threads);
    this.plans.set(signature, plan);
    return plan.run(inputs);
  }

  /** Runs a trace that does not stand for later calls: the step has just made its variables. */
  private runOnce(traced: TracedStep, inputs: TensorRecord): ReturnType<Plan['run']> {
    this.unsettledCalls++;
    if (this.unsettledCalls > MOST_UNSETTLED_CALLS) throw unsettled();
    const plan = new Plan(this.backend, traced, this.threads);
    try {
      return plan.run(inputs);
    } finally {
      plan.dispose();
    }
  }

  private refuseDisposed(): void {
    if (!this.disposed) return;
    throw new CrossmodalError({
      code: 'state',
      where: 'CompiledStep.run',
      expected: 'a compiled step in use',
      received: 'one that was disposed',
    });
  }
}

function randomNumbers(): CrossmodalError {
  return new CrossmodalError({
    code: 'unsupported',
    where: 'compile',
    expected: 'the same constants at every call of the step',
    received: 'numbers that change from call to call (random numbers, a counter or a clock)',
    advice: 'Draw them outside and pass them to the step as an input.',
  });
}

function unsettled(): CrossmodalError {
  return new CrossmodalError({
    code: 'unsupported',
    where: 'compile',
    expected: 'a step that does the same at every call',
    received: 'other operations at each call',
    advice: 'Compile one step for each case, or pass what differs as an input.',
  });
}
