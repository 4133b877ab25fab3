import type { LoadOptions } from '@crossmodal/method';
import type { FittedExact } from './create-exact.js';
import { exact } from './exact.js';

/**
 * Reads a model that `save` of a {@link FittedExact} wrote into a directory, or `toBytes` as bytes; it predicts as before.
 *
 * @throws CrossmodalError `not-found` when there is none in the directory; `format` when it is damaged or of another method or version.
 * @example
 * ```ts
 * import { randomSource } from '@crossmodal/core';
 * import { gaussianBlobs } from '@crossmodal/datasets';
import type { ExactTypes } from './types.js';
 *
 * const modalities = [{ dimension: 10 }];
 * const { data } = gaussianBlobs({ n: 50, clusters: 2, modalities, random: randomSource(1) });
 * await (await createExact().fit(data, { clusters: 2 })).save('exact-model');
 * const labels = await (await loadExact('exact-model')).predict(data);
 * ```
 */
export function loadExact(
  source: string | Uint8Array,
  options?: LoadOptions<ExactTypes>,
): Promise<FittedExact> {
  return exact.load(source, options) as Promise<FittedExact>;
}
