import { CrossmodalError, denseMatrix, throwIfAborted, yieldToEvents } from '@crossmodal/core';
import { compile, type TensorRecord } from '../compile.js';
import { tf } from '../tf.js';
import type { MatricesOf, SamplesOf } from '../trees/tensors-of.js';
import { mapLeaves } from '../trees/leaves.js';
import { sampleArraysOf, takeRows } from '../trees/take-rows.js';
import { flattenTensors, unflattenTensors } from '../trees/tensor-trees.js';

/** Options of {@link chunkedForward}. */
export interface ChunkedForwardOptions<Batch, Outputs> {
  /** The public function or method that evaluates, for errors. */
  readonly where: string;
  /** Tensors `[m, ...]` in, tensors `[m, ...]` out, row by row: what it gives for a row must not depend on the others. */
  readonly forward: (batch: Batch) => Outputs;
  /** Samples in one pass, which bound the memory of feature maps. @defaultValue 256 */
  readonly chunk?: number;
}

/** A forward pass for any number of samples, compiled once. */
export interface ChunkedForward<Batch, Outputs> {
  /**
   * Evaluates all samples with the weights as they are now.
   *
   * @param samples - a tree of sample arrays of the same form at each call, all with the same `n` of 1 or more
   * @returns the tree of the outputs, each `[n, values of one row]`
   * @throws CrossmodalError `shape` when `n` differs or is 0; `aborted` when the signal fires.
   */
  run(samples: SamplesOf<Batch>, signal?: AbortSignal): Promise<MatricesOf<Outputs>>;
  /** Frees what compilation holds; the variables stay. Calling it twice is harmless. */
  dispose(): void;
}

/**
 * Compiles a forward pass and runs it chunk by chunk, the event loop turning in between.
 *
 * @example
 * ```ts
 * import { tf } from '@crossmodal/tensors';
 * const forward = chunkedForward({
 *   where: 'double',
 *   forward: ({ x }: { readonly x: tf.Tensor }) => ({ z: tf.mul(x, 2) }),
 * });
 * const x = { shape: [3, 1], values: Float32Array.of(1, 2, 3) };
 * const { z } = await forward.run({ x });
 * forward.dispose();
 * console.log(z.values); // 2, 4, 6
 * ```
 */
export function chunkedForward<Batch = TensorRecord, Outputs = TensorRecord>({
  where,
  forward,
  chunk = 256,
}: ChunkedForwardOptions<Batch, Outputs>): ChunkedForward<Batch, Outputs> {
  let batchForm: Batch | undefined;
  let outputForm: Outputs | undefined;
  const step = compile((inputs) => {
    outputForm = forward(unflattenTensors(batchForm!, inputs));
    return flattenTensors(outputForm);
  });
  return {
    async run(samples, signal) {
      const n = commonRows(where, samples);
      const size = Math.min(chunk, n);
      const outputs: Record<string, Float32Array> = {};
      for (let next = 0; next < n; next += size) {
        throwIfAborted(signal, where);
        // The last pass goes back to full size, so that all passes share one compilation.
        const start = Math.min(next, n - size);
        const batch = takeRows(
          samples,
          Int32Array.from({ length: size }, (_, i) => start + i),
        );
        batchForm = batch as Batch;
        try {
          for (const [path, values] of Object.entries(await step.run(flattenTensors(batch)))) {
            const width = values.length / size;
            outputs[path] ??= new Float32Array(n * width);
            outputs[path].set(values, start * width);
          }
        } finally {
          tf.dispose(flattenTensors(batch));
        }
        await yieldToEvents();
      }
      const isTensor = (value: unknown): value is tf.Tensor => value instanceof tf.Tensor;
      return mapLeaves(outputForm, isTensor, (_, path) => {
        const values = outputs[path]!;
        return denseMatrix(values, n, values.length / n);
      }) as MatricesOf<Outputs>;
    },
    dispose: () => step.dispose(),
  };
}

function commonRows(where: string, samples: unknown): number {
  const counts = Object.values(sampleArraysOf(samples)).map(({ shape }) => shape[0] ?? 0);
  const [n = 0] = counts;
  if (n > 0 && counts.every((count) => count === n)) return n;
  throw new CrossmodalError({
    code: 'shape',
    where,
    expected: 'the same number of samples in every input, 1 at least',
    received: counts.length === 0 ? 'no input' : counts.join(', '),
  });
}
