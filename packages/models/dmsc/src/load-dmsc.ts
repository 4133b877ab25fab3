import type { LoadOptions } from '@crossmodal/method';
import type { FittedDmsc } from './create-dmsc.js';
import { dmsc } from './dmsc.js';
import type { DmscTypes } from './types.js';

/**
 * Reads a model that `save` of a {@link FittedDmsc} wrote into a directory, or `toBytes` as bytes; it predicts as before.
 *
 * @throws CrossmodalError `not-found`, `format` or `option`, as `Method.load` of `@crossmodal/method`.
 * @example
 * ```ts
 * const modalities = [{ dimension: 8 }, { dimension: 6 }];
 * const { data } = gaussianBlobs({ n: 40, clusters: 2, modalities, random: randomSource(1) });
 * await (await createDmsc().fit(data, { clusters: 2 })).save('dmsc-model');
 * const labels = await (await loadDmsc('dmsc-model')).predict(data);
 * ```
 */
export function loadDmsc(source: string | Uint8Array, options?: LoadOptions<DmscTypes>): Promise<FittedDmsc> {
  return dmsc.load(source, options) as Promise<FittedDmsc>;
}
