import { savedOptions, unpackClustering, unpackNetworkInputs, unpackNetwork } from '@crossmodal/assembly';
import { denseMatrix, randomSource, type DenseMatrix } from '@crossmodal/core';
import { damagedModel, readModelFiles, unpackPrepared, type ModelArrays } from '@crossmodal/io';
import { resolveCmscDccaOptions } from './cmsc-dcca-options.js';
import { FittedCmscDcca } from './fitted-cmsc-dcca.js';
import { modelFile } from './model-file.js';
import { createNetwork } from './network.js';

const where = 'loadCmscDcca';

/**
 * Reads a model that {@link FittedCmscDcca.save} wrote; it predicts as before.
 *
 * @throws CrossmodalError `not-found` when there is none in the directory; `format` when it is damaged or of another method or version.
 * @example
 * ```ts
 * const modalities = [{ dimension: 8 }, { dimension: 6 }];
 * const { data } = gaussianBlobs({ n: 40, clusters: 2, modalities, random: randomSource(1) });
 * await (await createCmscDcca().fit(data, { clusters: 2 })).save('cmsc-dcca-model');
 * const labels = await (await loadCmscDcca('cmsc-dcca-model')).predict(data);
 * ```
 */
export async function loadCmscDcca(directory: string): Promise<FittedCmscDcca> {
  const { description: file, arrays } = await readModelFiles(where, directory, modelFile);
  const resolved = savedOptions(where, directory, file.options, resolveCmscDccaOptions);
  const inputs = unpackNetworkInputs(file.inputs, arrays);
  const latents = file.latents.map((entry, v) => unpackPrepared(entry, v, arrays));
  const { clusters } = file;
  const rows = latents.map(({ features }) => features.rows);
  const clustering = resolved.selfExpression
    ? unpackClustering(where, arrays, { clusters, rows })
    : unpackClustering(where, arrays, { clusters, rows, affinity: false });
  if (file.medians.length !== (resolved.selfExpression ? latents.length : 0))
    throw damagedModel(where, directory, `${file.medians.length} medians for ${latents.length} latents`);
  const width = latents.reduce((sum, { features }) => sum + features.columns, 0);
  const centroids = resolved.selfExpression ? undefined : savedCentroids(directory, arrays, clusters, width);
  const build = () => createNetwork({ resolved, inputs, random: randomSource(file.seed) });
  const network = unpackNetwork(where, build, file.weights, arrays);
  return new FittedCmscDcca({
    ...clustering,
    resolved,
    clusters,
    seed: file.seed,
    inputs,
    network,
    latents,
    medians: file.medians,
    centroids,
    history: file.history,
    seconds: file.seconds,
  });
}

function savedCentroids(
  directory: string,
  arrays: ModelArrays,
  clusters: number,
  width: number,
): DenseMatrix<Float64Array> {
  const { rows, columns, values } = arrays.matrix('centroids');
  if (rows === clusters && columns === width) return denseMatrix(Float64Array.from(values), rows, columns);
  throw damagedModel(where, directory, `centroids [${rows}, ${columns}] instead of [${clusters}, ${width}]`);
}
