import { denseMatrix, type DenseMatrix } from '@crossmodal/core';
import {
  commonNeighbourWeights,
  equalWeights,
  nearestNeighbours,
  type ModalityWeights,
  type NearestNeighbours,
} from '@crossmodal/self-expressive';
import { readValues, tf, toTensor } from '@crossmodal/tensors';
import type { FittedInput } from './dmim-input.js';
import type { ResolvedDmimOptions } from './dmim-options.js';

/** Neighbours by which modalities are weighed, with many objects. */
const COMPARED = 20;

/** What is known of the modalities before training. */
export interface PreparedStructure {
  /** How much modalities and their pairs count. */
  readonly weights: ModalityWeights;
  /** Where partners are drawn; none when objects are their own partners. */
  readonly neighbours?: readonly NearestNeighbours[] | undefined;
}

/** What {@link prepareStructure} takes besides the inputs. */
export interface StructureOptions {
  /** 1 where a row of the modality is present. */
  readonly present: readonly (Uint8Array | undefined)[];
  readonly clusters: number;
  readonly options: ResolvedDmimOptions;
  readonly signal?: AbortSignal | undefined;
}

/** Weights of modalities and neighbours of objects; the paper's preset has neither. */
export async function prepareStructure(
  fitted: readonly FittedInput[],
  { present, clusters, options, signal }: StructureOptions,
): Promise<PreparedStructure> {
  if (options.preset === 'paper') return { weights: equalWeights(fitted.length) };
  const n = fitted[0]!.features.rows;
  // With few objects, lists are short: twenty neighbours in clusters of ten reach beyond them.
  const most = Math.max(1, Math.min(n - 1, Math.max(2, Math.floor(n / (2 * clusters)))));
  const count = Math.min(Math.max(COMPARED, options.neighbours), most);
  const neighbours: NearestNeighbours[] = [];
  for (const [v, { features }] of fitted.entries()) {
    neighbours.push(
      await nearestNeighbours(unit(features), { neighbours: count, present: present[v], signal }),
    );
  }
  const weights = commonNeighbourWeights(neighbours);
  if (options.neighbours === 0) return { weights };
  return { weights, neighbours: neighbours.map((list) => nearest(list, options.neighbours)) };
}

/** The first few of each list. */
function nearest({ count, indices }: NearestNeighbours, few: number): NearestNeighbours {
  const kept = Math.min(few, count);
  return { count: kept, indices: indices.filter((_, p) => p % count < kept) };
}

/** Rows of unit length, of which products are cosines; rows of zeros stay zeros. */
function unit(features: DenseMatrix<Float32Array>): DenseMatrix<Float32Array> {
  const values = readValues(() => {
    const x = toTensor(features);
    return tf.div(x, tf.maximum(tf.sqrt(tf.sum(tf.square(x), 1, true)), 1e-12));
  });
  return denseMatrix(values.slice(), features.rows, features.columns);
}
