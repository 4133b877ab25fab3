import type { LoadOptions } from '@crossmodal/method';
import type { FittedExact } from './create-exact.js';
import { exact } from './exact.js';
import type { ExactTypes } from './types.js';

/**
 * Reads a model that `save` of a {@link FittedExact} wrote into a directory, or `toBytes` as bytes; it predicts as before.
 *
 * @throws CrossmodalError `not-found`, `format` or `option`, as `Method.load` of `@crossmodal/method`.
 * @example
 * ```ts
 * import { randomSource } from '@crossmodal/core';
 * import { gaussianBlobs } from '@crossmodal/datasets';
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
