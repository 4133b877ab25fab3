import type { Batch, BatchSource } from './batch-source.js';

/**
 * Gives each step the inputs of several sources together, as a list, such as a batch of each modality of mixed data, whose samples are different
 * objects and whose numbers differ.
 *
 * @param sources - one per entry of the list
 * @example
 * ```ts
 * import { randomSource } from '@crossmodal/core';
 * import { minibatches } from '@crossmodal/training';
 * const source = (n: number) =>
 *   minibatches({ data: { x: { shape: [n, 1], values: new Float32Array(n) } }, batchSize: 2, random: randomSource(1) });
 * const { inputs, dispose } = joinBatches([source(4), source(6)]).batch(0);
 * console.log(inputs.length, inputs[1]!.x.shape); // 2, [2, 1]
 * dispose();
 * ```
 */
export function joinBatches<Inputs>(sources: readonly BatchSource<Inputs>[]): BatchSource<readonly Inputs[]> {
  return {
    batch(step) {
      const batches: Batch<Inputs>[] = [];
      try {
        for (const source of sources) batches.push(source.batch(step));
      } catch (error) {
        for (const batch of batches) batch.dispose();
        throw error;
      }
      return {
        inputs: batches.map(({ inputs }) => inputs),
        dispose() {
          for (const batch of batches) batch.dispose();
        },
      };
    },
  };
}
