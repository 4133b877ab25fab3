import { csrMatrix, denseMatrix, randomSource } from '@crossmodal/core';
import { damagedModel, readModelFiles, restoreTransform, unpackPrepared } from '@crossmodal/data';
import { restoreState, type ModuleState } from '@crossmodal/training';
import { createNetwork } from './create-network.js';
import { resolveDmscOptions, type ResolvedDmscOptions } from './dmsc-options.js';
import { FittedDmsc } from './fitted-dmsc.js';
import { modelFile } from './model-file.js';

const where = 'loadDmsc';

/**
 * Reads a model that {@link FittedDmsc.save} wrote; it predicts as before.
 *
 * @throws CrossmodalError `not-found` when there is none in the directory; `format` when it is damaged or of another method or version.
 * @example
 * ```ts
 * const modalities = [{ dimension: 8 }, { dimension: 6 }];
 * const { data } = gaussianBlobs({ n: 40, clusters: 2, modalities, random: randomSource(1) });
 * await (await createDmsc().fit(data, { clusters: 2 })).save('dmsc-model');
 * const labels = await (await loadDmsc('dmsc-model')).predict(data);
 * ```
 */
export async function loadDmsc(directory: string): Promise<FittedDmsc> {
  const { description: file, arrays } = await readModelFiles(where, directory, modelFile);
  const resolved = savedOptions(directory, file.options);
  const inputs = file.inputs.map(({ name, shape, transform, vectors, factor }, v) => {
    const state: Record<string, Float32Array> = {};
    for (const key of vectors) state[key] = Float32Array.from(arrays.vector(`input-${v}-${key}`));
    return { name, shape, transform: restoreTransform(transform, state), factor };
  });
  const latents = file.latents.map((entry, l) => unpackPrepared(entry, l, arrays));
  const labels = Int32Array.from(arrays.vector('labels'));
  const n = labels.length;
  const embedding = arrays.matrix('embedding');
  const sizes = [embedding.rows, ...latents.map(({ features }) => features.rows)];
  if (
    sizes.some((rows) => rows !== n) ||
    file.medians.length !== latents.length ||
    labels.some((label) => label < 0 || label >= file.clusters)
  ) {
    throw damagedModel(
      where,
      directory,
      `arrays that do not belong together (${n} labels, ${sizes.join(', ')} rows)`,
    );
  }
  const affinity = csrMatrix(
    n,
    n,
    Int32Array.from(arrays.vector('affinity-offsets')),
    Int32Array.from(arrays.vector('affinity-columns')),
    Float32Array.from(arrays.vector('affinity-values')),
  );
  const weights: Record<string, ModuleState[string]> = {};
  file.weights.forEach((shape, i) => {
    weights[`variable${i}`] = { shape, values: Float32Array.from(arrays.vector(`weights-${i}`)) };
  });
  const network = createNetwork({ resolved, inputs, random: randomSource(file.seed) });
  try {
    restoreState(network, weights);
  } catch (error) {
    network.dispose();
    throw error;
  }
  return new FittedDmsc({
    resolved,
    clusters: file.clusters,
    seed: file.seed,
    inputs,
    network,
    latents,
    medians: file.medians,
    labels,
    embedding: denseMatrix(Float64Array.from(embedding.values), n, embedding.columns),
    affinity,
    history: file.history,
    seconds: file.seconds,
  });
}

/** Options of a model file, by the rules for those of a caller. */
function savedOptions(directory: string, options: object): ResolvedDmscOptions {
  try {
    return resolveDmscOptions(options);
  } catch (error) {
    throw damagedModel(where, directory, `options that are refused (${(error as Error).message})`);
  }
}
