import type { Batch, BatchSource } from './batch-source.js';

/**
 * Gives each step the inputs of several sources together, such as a batch of each modality of mixed data, whose samples are different objects
 * and whose numbers differ.
 *
 * @param sources - each with input names of its own
 */
export function joinBatches(sources: readonly BatchSource[]): BatchSource {
  return {
    batch(step) {
      const batches: Batch[] = [];
      try {
        for (const source of sources) batches.push(source.batch(step));
      } catch (error) {
        for (const batch of batches) batch.dispose();
        throw error;
      }
      return {
        inputs: Object.assign({}, ...batches.map(({ inputs }) => inputs)) as Batch['inputs'],
        dispose() {
          for (const batch of batches) batch.dispose();
        },
      };
    },
  };
}
