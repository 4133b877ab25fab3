import type { LoadOptions } from '@crossmodal/method';
import type { FittedDmim } from './create-dmim.js';
import { dmim } from './dmim.js';
import type { DmimTypes } from './types.js';

/**
 * Reads a model that `save` of a {@link FittedDmim} wrote into a directory, or `toBytes` as bytes; it predicts as before.
 *
 * @throws CrossmodalError `not-found`, `format` or `option`, as `Method.load` of `@crossmodal/method`.
 * @example
 * ```ts
 * const modalities = [{ dimension: 8 }, { dimension: 6 }];
 * const { data } = gaussianBlobs({ n: 40, clusters: 2, modalities, random: randomSource(1) });
 * await (await createDmim({ steps: 20 }).fit(data, { clusters: 2 })).save('dmim-model');
 * const labels = await (await loadDmim('dmim-model')).predict(data);
 * ```
 */
export function loadDmim(source: string | Uint8Array, options?: LoadOptions<DmimTypes>): Promise<FittedDmim> {
  return dmim.load(source, options);
}
