import {
  savedOptions,
  unpackClustering,
  unpackFrontEnds,
  unpackNetworkInputs,
  unpackNetwork,
} from '@crossmodal/assembly';
import { denseMatrix, randomSource } from '@crossmodal/core';
import { damagedModel, readModelFiles } from '@crossmodal/io';
import { createNetwork } from './create-network.js';
import { resolveDmimOptions } from './dmim-options.js';
import { activeModalities } from './dmim-state.js';
import { FittedDmim } from './fitted-dmim.js';
import { modelFile } from './model-file.js';

const where = 'loadDmim';

/**
 * Reads a model that {@link FittedDmim.save} wrote; it predicts as before.
 *
 * @throws CrossmodalError `not-found` when there is none in the directory; `format` when it is damaged or of another method or version.
 * @example
 * ```ts
 * const modalities = [{ dimension: 8 }, { dimension: 6 }];
 * const { data } = gaussianBlobs({ n: 40, clusters: 2, modalities, random: randomSource(1) });
 * await (await createDmim({ steps: 20 }).fit(data, { clusters: 2 })).save('dmim-model');
 * const labels = await (await loadDmim('dmim-model')).predict(data);
 * ```
 */
export async function loadDmim(directory: string): Promise<FittedDmim> {
  const { description: file, arrays } = await readModelFiles(where, directory, modelFile);
  const resolved = savedOptions(where, directory, file.options, resolveDmimOptions);
  const reductions = unpackNetworkInputs(file.reductions, arrays, 'reduction');
  const frontEnds = file.frontEnds && unpackFrontEnds(where, file.frontEnds, arrays);
  const inputs = reductions.map((reduction, v) => {
    const frontEnd = frontEnds?.[v];
    return { reduction, frontEnd: frontEnd?.convolution === undefined ? undefined : frontEnd };
  });
  const saved = arrays.matrix('memberships');
  const { labels, embedding } = unpackClustering(where, arrays, {
    clusters: file.clusters,
    affinity: false,
    rows: [saved.rows],
  });
  const { inputSizes, modalityWeights } = file;
  const active = activeModalities(modalityWeights);
  if (
    saved.columns !== file.clusters ||
    modalityWeights.length !== inputs.length ||
    active.length !== inputSizes.length
  ) {
    throw damagedModel(where, directory, 'modalities that do not belong together');
  }
  const build = () =>
    createNetwork({
      resolved,
      inputSizes,
      clusters: file.clusters,
      random: randomSource(file.seed),
    });
  const network = unpackNetwork(where, build, file.weights, arrays);
  return new FittedDmim({
    resolved,
    clusters: file.clusters,
    seed: file.seed,
    inputs,
    weights: modalityWeights,
    network,
    labels,
    memberships: denseMatrix(Float32Array.from(saved.values), saved.rows, saved.columns),
    embedding,
    history: file.history,
    seconds: file.seconds,
  });
}
