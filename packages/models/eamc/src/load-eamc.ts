import type { LoadOptions } from '@crossmodal/method';
import type { FittedEamc } from './create-eamc.js';
import { eamc } from './eamc.js';
import type { EamcTypes } from './types.js';

/**
 * Reads a model that `save` of a {@link FittedEamc} wrote into a directory, or `toBytes` as bytes; it predicts as before.
 *
 * @throws CrossmodalError `not-found`, `format` or `option`, as `Method.load` of `@crossmodal/method`.
 * @example
 * ```ts
 * const modalities = [{ dimension: 8 }, { dimension: 6 }];
 * const { data } = gaussianBlobs({ n: 40, clusters: 2, modalities, random: randomSource(1) });
 * await (await createEamc({ leastSteps: 0 }).fit(data, { clusters: 2 })).save('eamc-model');
 * const labels = await (await loadEamc('eamc-model')).predict(data);
 * ```
 */
export function loadEamc(source: string | Uint8Array, options?: LoadOptions<EamcTypes>): Promise<FittedEamc> {
  return eamc.load(source, options);
}
