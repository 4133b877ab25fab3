import { savedOptions, unpackClustering, unpackFrontEnds, unpackNetwork } from '@crossmodal/assembly';
import { denseMatrix, randomSource } from '@crossmodal/core';
import { damagedModel, readModelFiles, type ModelArrays } from '@crossmodal/io';
import { restoreTransform } from '@crossmodal/transforms';
import type { Assignment } from '../assignment.js';
import { resolveDm2cOptions } from '../dm2c-options.js';
import { FittedDm2c } from '../fitted-dm2c.js';
import { createMixedNetwork } from '../network/mixed-network.js';
import { modelFile, type ModelFile } from './model-file.js';

const where = 'loadDm2c';

/**
 * Reads a model that {@link FittedDm2c.save} wrote; it predicts as before.
 *
 * @throws CrossmodalError `not-found` when there is none in the directory; `format` when it is damaged or of another method or version.
 * @example
 * ```ts
 * const modalities = [{ dimension: 8 }, { dimension: 6 }];
 * const pairs = gaussianBlobs({ n: 80, clusters: 3, modalities, random: randomSource(1) });
 * const { data } = mixModalities(pairs.data, { random: randomSource(2) });
 * await (await createDm2c({ epochs: 2 }).fit(data, { clusters: 3 })).save('dm2c-model');
 * const labels = await (await loadDm2c('dm2c-model')).predict(data);
 * ```
 */
export async function loadDm2c(directory: string): Promise<FittedDm2c> {
  const { description: file, arrays } = await readModelFiles(where, directory, modelFile);
  const resolved = savedOptions(where, directory, file.options, resolveDm2cOptions);
  const { clusters, seed, sizes, latentSize, anchor, live } = file;
  const frontEnds = unpackFrontEnds(where, file.frontEnds, arrays);
  const count = sizes.length;
  if (
    frontEnds.length !== count ||
    file.steps.length !== count ||
    anchor >= count ||
    live.some((v) => v >= count)
  ) {
    throw damagedModel(where, directory, 'numbers of modalities that differ');
  }
  const recipes = frontEnds.map((frontEnd, v) => ({
    frontEnd,
    steps: file.steps[v]!.map((name, s) =>
      restoreTransform(
        name,
        name === 'centre'
          ? { means: Float32Array.from(arrays.vector(`step-${v}-${s}`)) }
          : { columns: sizes[v]! },
      ),
    ),
  }));
  const clustering = unpackClustering(where, arrays, { clusters, affinity: false });
  const assignment = assignmentOf(
    directory,
    file,
    resolved.preset === 'default' ? resolved.neighbours : 1,
    arrays,
  );
  const build = () => createMixedNetwork({ resolved, sizes, latentSize, anchor, random: randomSource(seed) });
  const network = unpackNetwork(where, build, file.weights, arrays);
  return new FittedDm2c({
    ...clustering,
    resolved,
    clusters,
    seed,
    recipes,
    network,
    live,
    assignment,
    history: file.history,
    seconds: file.seconds,
  });
}

function assignmentOf(
  directory: string,
  { assignment, clusters, latentSize }: ModelFile,
  neighbours: number,
  arrays: ModelArrays,
): Assignment {
  const rows = arrays.matrix(assignment);
  if (rows.columns !== latentSize) throw damagedModel(where, directory, `'${assignment}' of another size`);
  if (assignment === 'centres') return { kind: 'centres', centres: rows };
  const labels = Int32Array.from(arrays.vector('neighbour-labels'));
  const middle = Float64Array.from(arrays.vector('middle'));
  if (
    labels.length !== rows.rows ||
    middle.length !== latentSize ||
    labels.some((label) => label < 0 || label >= clusters)
  ) {
    throw damagedModel(where, directory, 'arrays that do not belong together');
  }
  return {
    kind: 'neighbours',
    middle,
    rows: denseMatrix(Float32Array.from(rows.values), rows.rows, rows.columns),
    labels,
    neighbours,
    clusters,
  };
}
