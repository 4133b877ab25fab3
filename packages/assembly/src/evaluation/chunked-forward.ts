import { CrossmodalError, denseMatrix, throwIfAborted, type DenseMatrix } from '@crossmodal/core';
import { compile, tf, type Step } from '@crossmodal/tensors';
import { yieldToEvents, type SampleArray } from '@crossmodal/training';

/** What {@link chunkedForward} takes. */
export interface ChunkedForwardOptions {
  /** The public function or method that evaluates, for errors. */
  readonly where: string;
  /** Tensors `[m, ...]` in, tensors `[m, ...]` out, row by row: what it gives for a row may not depend on the others. */
  readonly forward: Step;
  /** Samples a pass, which bound the memory of feature maps. @defaultValue 256 */
  readonly chunk?: number;
}

/** A forward pass for any number of samples, compiled once. */
export interface ChunkedForward {
  /**
   * Evaluates all samples with the weights as they are now.
   *
   * @param samples - by input name, all with the same `n` of 1 or more
   * @returns each output, `[n, values of one row]`
   * @throws CrossmodalError `shape` when `n` differs or is 0; `aborted` when the signal fires.
   */
  run(
    samples: Readonly<Record<string, SampleArray>>,
    signal?: AbortSignal,
  ): Promise<Record<string, DenseMatrix<Float32Array>>>;
  /** Frees what compilation holds; the variables stay. Calling it twice is harmless. */
  dispose(): void;
}

/**
 * Compiles a forward pass and runs it chunk by chunk, the event loop turning in between.
 *
 * @example
 * ```ts
 * import { tf } from '@crossmodal/tensors';
 * const forward = chunkedForward({ where: 'double', forward: ({ x }) => ({ z: tf.mul(x!, 2) }) });
 * const { z } = await forward.run({ x: { shape: [3, 1], values: Float32Array.of(1, 2, 3) } });
 * forward.dispose();
 * console.log(z!.values); // 2, 4, 6
 * ```
 */
export function chunkedForward({ where, forward, chunk = 256 }: ChunkedForwardOptions): ChunkedForward {
  const step = compile(forward);
  return {
    async run(samples, signal) {
      const n = commonRows(where, samples);
      const size = Math.min(chunk, n);
      const outputs: Record<string, Float32Array> = {};
      for (let next = 0; next < n; next += size) {
        throwIfAborted(signal, where);
        // The last pass goes back to full size, so that all passes share one compilation.
        const start = Math.min(next, n - size);
        const inputs = rowsOf(samples, start, size);
        try {
          for (const [name, values] of Object.entries(await step.run(inputs))) {
            const width = values.length / size;
            outputs[name] ??= new Float32Array(n * width);
            outputs[name].set(values, start * width);
          }
        } finally {
          tf.dispose(inputs);
        }
        await yieldToEvents();
      }
      return Object.fromEntries(
        Object.entries(outputs).map(([name, values]) => [name, denseMatrix(values, n, values.length / n)]),
      );
    },
    dispose: () => step.dispose(),
  };
}

function commonRows(where: string, samples: Readonly<Record<string, SampleArray>>): number {
  const counts = Object.values(samples).map(({ shape }) => shape[0] ?? 0);
  const [n = 0] = counts;
  if (n > 0 && counts.every((count) => count === n)) return n;
  throw new CrossmodalError({
    code: 'shape',
    where,
    expected: 'the same number of samples in every input, 1 at least',
    received: counts.length === 0 ? 'no input' : counts.join(', '),
  });
}

function rowsOf(
  samples: Readonly<Record<string, SampleArray>>,
  start: number,
  size: number,
): Record<string, tf.Tensor> {
  const inputs: Record<string, tf.Tensor> = {};
  for (const [name, { shape, values }] of Object.entries(samples)) {
    const width = values.length / shape[0]!;
    // A copy: some backends keep the array they are given.
    inputs[name] = tf.tensor(
      values.slice(start * width, (start + size) * width),
      [size, ...shape.slice(1)],
      'float32',
    );
  }
  return inputs;
}
