import { csrMatrix, denseMatrix } from '@crossmodal/core';
import { damagedModel, readModelFiles, unpackPrepared } from '@crossmodal/data';
import { resolveExactOptions, type ResolvedExactOptions } from './exact-options.js';
import type { ExactState } from './exact-state.js';
import { FittedExact } from './fitted-exact.js';
import { modelFile } from './model-file.js';

const where = 'loadExact';

/**
 * Reads a model that {@link FittedExact.save} wrote; it predicts as before.
 *
 * @throws CrossmodalError `not-found` when there is none in the directory; `format` when it is damaged or of another method or version.
 * @example
 * ```ts
 * import { randomSource } from '@crossmodal/core';
 * import { gaussianBlobs } from '@crossmodal/data';
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
  const labels = Int32Array.from(arrays.vector('labels'));
  const n = labels.length;
  const embedding = arrays.matrix('embedding');
  const sizes = [embedding.rows, ...modalities.map(({ features }) => features.rows)];
  const wrong = sizes.find((rows) => rows !== n);
  if (
    wrong !== undefined ||
    file.medians.length !== modalities.length ||
    labels.some((label) => label < 0 || label >= file.clusters)
  ) {
    throw damagedModel(
      where,
      directory,
      `arrays that do not belong together (${n} labels, ${sizes.join(', ')} rows)`,
    );
  }
  const state: ExactState = {
    resolved: savedOptions(directory, file.options),
    clusters: file.clusters,
    seed: file.seed,
    modalities,
    medians: file.medians,
    labels,
    embedding: denseMatrix(Float64Array.from(embedding.values), embedding.rows, embedding.columns),
    affinity: csrMatrix(
      n,
      n,
      Int32Array.from(arrays.vector('affinity-offsets')),
      Int32Array.from(arrays.vector('affinity-columns')),
      Float32Array.from(arrays.vector('affinity-values')),
    ),
    seconds: file.seconds,
  };
  return new FittedExact(state);
}

/** Options of a model file, by the rules for those of a caller. */
function savedOptions(directory: string, options: object): ResolvedExactOptions {
  try {
    return resolveExactOptions(options);
  } catch (error) {
    throw damagedModel(where, directory, `options that are refused (${(error as Error).message})`);
  }
}
