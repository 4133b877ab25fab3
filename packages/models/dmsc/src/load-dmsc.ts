import { savedOptions, unpackClustering, unpackNetworkInputs, unpackNetwork } from '@crossmodal/assembly';
import { randomSource } from '@crossmodal/core';
import { damagedModel, readModelFiles, unpackPrepared } from '@crossmodal/io';
import { createNetwork } from './create-network.js';
import { resolveDmscOptions } from './dmsc-options.js';
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
  const resolved = savedOptions(where, directory, file.options, resolveDmscOptions);
  const inputs = unpackNetworkInputs(file.inputs, arrays);
  const latents = file.latents.map((entry, l) => unpackPrepared(entry, l, arrays));
  const rows = latents.map(({ features }) => features.rows);
  const clustering = unpackClustering(where, arrays, { clusters: file.clusters, rows });
  if (file.medians.length !== latents.length)
    throw damagedModel(where, directory, `${file.medians.length} medians for ${latents.length} latents`);
  const build = () => createNetwork({ resolved, inputs, random: randomSource(file.seed) });
  const network = unpackNetwork(where, build, file.weights, arrays);
  return new FittedDmsc({
    ...clustering,
    resolved,
    clusters: file.clusters,
    seed: file.seed,
    inputs,
    network,
    latents,
    medians: file.medians,
    history: file.history,
    seconds: file.seconds,
  });
}
