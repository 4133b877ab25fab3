import type { Trainer } from '@crossmodal/training';
import type { GameHelpers, MixedBatch } from '../types.js';

/** What the training needs beside the network; the optimisers of a training that diverged start anew, so it has no variables to keep. */
export function gameHelpers(): GameHelpers {
  let trainer: Trainer<MixedBatch> | undefined;
  return {
    variables: [],
    game: (create) => (trainer ??= create()),
    dispose: () => trainer?.dispose(),
  };
}
