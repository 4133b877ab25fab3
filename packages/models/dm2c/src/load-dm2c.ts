import type { LoadOptions } from '@crossmodal/method';
import type { FittedDm2c } from './create-dm2c.js';
import { dm2c } from './dm2c.js';
import type { Dm2cTypes } from './types.js';

/**
 * Reads a model that `save` of a {@link FittedDm2c} wrote into a directory, or `toBytes` as bytes; it predicts as before.
 *
 * @throws CrossmodalError `not-found`, `format` or `option`, as `Method.load` of `@crossmodal/method`.
 * @example
 * ```ts
 * const modalities = [{ dimension: 8 }, { dimension: 6 }];
 * const pairs = gaussianBlobs({ n: 80, clusters: 3, modalities, random: randomSource(1) });
 * const { data } = mixModalities(pairs.data, { random: randomSource(2) });
 * await (await createDm2c({ epochs: 2 }).fit(data, { clusters: 3 })).save('dm2c-model');
 * const labels = await (await loadDm2c('dm2c-model')).predict(data);
 * ```
 */
export function loadDm2c(source: string | Uint8Array, options?: LoadOptions<Dm2cTypes>): Promise<FittedDm2c> {
  return dm2c.load(source, options);
}
