import {
  savedOptions,
  unpackClustering,
  unpackFrontEnds,
  unpackNetworkInputs,
  unpackWeights,
} from '@crossmodal/assembly';
import { denseMatrix, randomSource } from '@crossmodal/core';
import { damagedModel, readModelFiles } from '@crossmodal/io';
import { createNetwork } from './create-network.js';
import { resolveEamcOptions } from './eamc-options.js';
import { FittedEamc } from './fitted-eamc.js';
import { modelFile } from './model-file.js';
import { featureCount, type Preparation } from './prepare-features.js';
import { settingsOf } from './settings-of.js';

const where = 'loadEamc';

/**
 * Reads a model that {@link FittedEamc.save} wrote; it predicts as before.
 *
 * @throws CrossmodalError `not-found` when there is none in the directory; `format` when it is damaged or of another method or version.
 * @example
 * ```ts
 * const modalities = [{ dimension: 8 }, { dimension: 6 }];
 * const { data } = gaussianBlobs({ n: 40, clusters: 2, modalities, random: randomSource(1) });
 * await (await createEamc({ leastSteps: 0 }).fit(data, { clusters: 2 })).save('eamc-model');
 * const labels = await (await loadEamc('eamc-model')).predict(data);
 * ```
 */
export async function loadEamc(directory: string): Promise<FittedEamc> {
  const { description: file, arrays } = await readModelFiles(where, directory, modelFile);
  const { clusters, seed } = file;
  const resolved = savedOptions(where, directory, file.options, resolveEamcOptions);
  const frontEnds = unpackFrontEnds(where, file.frontEnds, arrays);
  const spheres = file.whitening && unpackNetworkInputs(file.whitening.spheres, arrays, 'sphere');
  const components = file.whitening && unpackNetworkInputs(file.whitening.components, arrays, 'components');
  const preparations = frontEnds.map((frontEnd, v): Preparation => {
    if (spheres === null || components === null) return { frontEnd };
    const [sphere, whitened] = [spheres[v], components[v]];
    if (sphere === undefined || whitened === undefined)
      throw damagedModel(where, directory, `no whitening of modality ${v}`);
    return { frontEnd, whitening: { sphere, components: whitened } };
  });
  const memberships = arrays.matrix('memberships');
  const clustering = unpackClustering(where, arrays, {
    clusters,
    affinity: false,
    rows: [memberships.rows],
  });
  if (memberships.columns !== clusters)
    throw damagedModel(
      where,
      directory,
      `memberships of ${memberships.columns} clusters instead of ${clusters}`,
    );
  const network = createNetwork({
    design: settingsOf(resolved).design,
    sizes: preparations.map(featureCount),
    clusters,
    random: randomSource(seed),
  });
  try {
    unpackWeights(where, network, file.weights, arrays);
    return new FittedEamc({
      ...clustering,
      memberships: denseMatrix(Float32Array.from(memberships.values), memberships.rows, clusters),
      resolved,
      clusters,
      seed,
      preparations,
      network,
      weights: Array.from(await network.modalityWeights.data()),
      runLosses: file.runLosses.map((loss) => loss ?? Infinity),
      history: file.history,
      seconds: file.seconds,
    });
  } catch (error) {
    network.dispose();
    throw error;
  }
}
