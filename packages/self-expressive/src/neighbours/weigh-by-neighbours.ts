import { denseMatrix, type DenseMatrix } from '@crossmodal/core';
import { readValues, tf, toTensor } from '@crossmodal/tensors';
import { commonNeighbourWeights } from './common-neighbour-weights.js';
import type { ModalityWeights } from './modality-weights.js';
import { nearestNeighbours } from './nearest-neighbours.js';
import type { NearestNeighbours } from './search/neighbour-types.js';

/** Options of {@link weighByNeighbours}. */
export interface WeighByNeighboursOptions {
  /** Clusters in the data: with few objects in each, lists are shortened, since long ones reach beyond a cluster. */
  readonly clusters: number;
  /** Nearest neighbours of each object that are returned, 0 or more. */
  readonly neighbours: number;
  /** Nearest neighbours by which modalities are weighed, as long as there are many objects; never fewer than `neighbours`. @defaultValue 20 */
  readonly compared?: number;
  /** Stops the search with an `aborted` error. */
  readonly signal?: AbortSignal | undefined;
}

/** What {@link weighByNeighbours} gives. */
export interface WeighedModalities {
  /** How much modalities and their pairs count. */
  readonly weights: ModalityWeights;
  /** The neighbours that were asked for, one list per modality; left out when there are to be none. */
  readonly neighbours?: readonly NearestNeighbours[];
}

/**
 * Finds the neighbours of all objects in each modality, by cosine, and weighs modalities by those that they share, see
 * {@link commonNeighbourWeights}: noise is left out without labels.
 *
 * @param modalities - features `[n, d]` of the same objects, and which rows are present
 * @throws CrossmodalError `aborted` when the signal fires.
 * @example
 * ```ts
 * import { fromRows } from '@crossmodal/core';
 * const circle = fromRows([0, 1, 2, 10, 11, 12].map((t) => [Math.cos(t / 4), Math.sin(t / 4)]));
 * const { weights } = await weighByNeighbours([{ features: circle }, { features: circle }], { clusters: 2, neighbours: 2 });
 * console.log(weights.modalities); // 0.5, 0.5
 * ```
 */
export async function weighByNeighbours(
  modalities: readonly {
    readonly features: DenseMatrix;
    readonly present?: Uint8Array | undefined;
  }[],
  { clusters, neighbours: asked, compared = 20, signal }: WeighByNeighboursOptions,
): Promise<WeighedModalities> {
  const n = modalities[0]!.features.rows;
  const most = Math.max(1, Math.min(n - 1, Math.max(2, Math.floor(n / (2 * clusters)))));
  const count = Math.min(Math.max(compared, asked), most);
  const lists: NearestNeighbours[] = [];
  for (const { features, present } of modalities) {
    lists.push(await nearestNeighbours(unitRows(features), { neighbours: count, present, signal }));
  }
  const weights = commonNeighbourWeights(lists);
  return asked === 0 ? { weights } : { weights, neighbours: lists.map((list) => nearest(list, asked)) };
}

/** The first few of each list. */
function nearest({ count, indices }: NearestNeighbours, few: number): NearestNeighbours {
  const kept = Math.min(few, count);
  return { count: kept, indices: indices.filter((_, p) => p % count < kept) };
}

/** Rows of unit length, of which products are cosines; rows of zeros stay zeros. */
function unitRows(features: DenseMatrix): DenseMatrix<Float32Array> {
  const values = readValues(() => {
    const x = toTensor(features);
    return tf.div(x, tf.maximum(tf.sqrt(tf.sum(tf.square(x), 1, true)), 1e-12));
  });
  return denseMatrix(values.slice(), features.rows, features.columns);
}
