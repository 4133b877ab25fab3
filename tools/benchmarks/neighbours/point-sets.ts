import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { denseMatrix, randomSource, type DenseMatrix } from '@crossmodal/core';
import { gaussianBlobs, latentClusters, loadMnist } from '@crossmodal/datasets';
import { fitPca, unitRows } from '@crossmodal/transforms';

/** Clusters of what is drawn. */
const CLUSTERS = 20;

/** Rows to search in; undefined where the files are absent. */
export type PointSet = (n: number, dimension: number) => Promise<DenseMatrix | undefined>;

const root = process.env['CROSSMODAL_DATA'] ?? join(import.meta.dirname, '../../../../shared/data');
let digits: Promise<DenseMatrix | undefined> | undefined;
let dimensionOfDigits = 0;

/** Unit rows by name: the first components of MNIST, and drawn clusters whose points have five or ten degrees of freedom, or as many as features. */
export const pointSets: Readonly<Record<string, PointSet>> = {
  async mnist(n, dimension) {
    if (digits === undefined || dimensionOfDigits !== dimension) digits = mnistComponents(dimension);
    dimensionOfDigits = dimension;
    const all = await digits;
    if (all === undefined || n > all.rows) return undefined;
    return denseMatrix(all.values.subarray(0, n * dimension), n, dimension);
  },
  latent5: (n, dimension) => Promise.resolve(latent(n, dimension, 5)),
  latent10: (n, dimension) => Promise.resolve(latent(n, dimension, 10)),
  blobs(n, dimension) {
    const { data } = gaussianBlobs({
      ...{ n, clusters: CLUSTERS, modalities: [{ dimension }] },
      random: randomSource(1),
    });
    return Promise.resolve(unitRows(data.modalities[0]!.features));
  },
};

function latent(n: number, dimension: number, latentDimension: number): DenseMatrix {
  const { data } = latentClusters({
    ...{ n, clusters: CLUSTERS, latentDimension, modalities: [{ dimension }] },
    random: randomSource(1),
  });
  return unitRows(data.modalities[0]!.features);
}

async function mnistComponents(components: number): Promise<DenseMatrix | undefined> {
  const folder = join(root, 'mnist');
  if (!existsSync(folder)) return undefined;
  const { data } = await loadMnist(folder, { split: 'all' });
  const { features } = data.modalities[0]!;
  return unitRows(fitPca(features, { components, random: randomSource(1) }).apply(features));
}
