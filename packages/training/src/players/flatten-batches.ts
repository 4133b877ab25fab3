import { flattenTensors } from '@crossmodal/tensors';
import type { BatchSource } from '../batches/batch-source.js';

/** A batch as compiled steps know it, whose tensors come and go. */
export interface BatchForm<Batch> {
  batch?: Batch;
}

/** The batches as a compiled step takes them, each tensor by its path. */
export function flattenBatches<Batch>(source: BatchSource<Batch>, form: BatchForm<Batch>): BatchSource {
  return {
    batch(step) {
      const { inputs, dispose } = source.batch(step);
      form.batch = inputs;
      return { inputs: flattenTensors(inputs), dispose };
    },
  };
}
