import { savedOptions, unpackClustering } from '@crossmodal/assembly';
import { damagedModel, readModelFiles, unpackPrepared } from '@crossmodal/io';
import { resolveExactOptions } from './exact-options.js';
import { FittedExact } from './fitted-exact.js';
import { hogNames } from './hog-names.js';
import { modelFile } from './model-file.js';

const where = 'loadExact';

/**
 * Reads a model that {@link FittedExact.save} wrote; it predicts as before.
 *
 * @throws CrossmodalError `not-found` when there is none in the directory; `format` when it is damaged or of another method or version.
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
export async function loadExact(directory: string): Promise<FittedExact> {
  const { description: file, arrays } = await readModelFiles(where, directory, modelFile);
  const modalities = file.modalities.map((entry, v) => unpackPrepared(entry, v, arrays));
  const rows = modalities.map(({ features }) => features.rows);
  const clustering = unpackClustering(where, arrays, { clusters: file.clusters, rows });
  if (file.medians.length !== modalities.length)
    throw damagedModel(
      where,
      directory,
      `${file.medians.length} medians for ${modalities.length} modalities`,
    );
  const resolved = savedOptions(where, directory, file.options, resolveExactOptions);
  const added = hogNames(modalities, resolved.hog);
  const last = modalities.slice(modalities.length - added.length).map(({ name }) => name);
  if (last.join() !== added.join())
    throw damagedModel(where, directory, `modalities ${last.join(', ')} where ${added.join(', ')} should be`);
  return new FittedExact({
    ...clustering,
    resolved,
    clusters: file.clusters,
    seed: file.seed,
    modalities,
    medians: file.medians,
    seconds: file.seconds,
  });
}
