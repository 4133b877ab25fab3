import type { LoadOptions } from '@crossmodal/method';
import { cmscDcca } from './cmsc-dcca.js';
import type { FittedCmscDcca } from './create-cmsc-dcca.js';
import type { CmscDccaTypes } from './types.js';

/**
 * Reads a model that `save` of a {@link FittedCmscDcca} wrote into a directory, or `toBytes` as bytes; it predicts as before.
 *
 * @throws CrossmodalError `not-found`, `format` or `option`, as `Method.load` of `@crossmodal/method`.
 * @example
 * ```ts
 * const modalities = [{ dimension: 8 }, { dimension: 6 }];
 * const { data } = gaussianBlobs({ n: 40, clusters: 2, modalities, random: randomSource(1) });
 * await (await createCmscDcca().fit(data, { clusters: 2 })).save('cmsc-dcca-model');
 * const labels = await (await loadCmscDcca('cmsc-dcca-model')).predict(data);
 * ```
 */
export function loadCmscDcca(
  source: string | Uint8Array,
  options?: LoadOptions<CmscDccaTypes>,
): Promise<FittedCmscDcca> {
  return cmscDcca.load(source, options);
}
