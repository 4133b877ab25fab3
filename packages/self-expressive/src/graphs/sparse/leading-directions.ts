import type { DenseMatrix, RandomSource } from '@crossmodal/core';
import { backendProduct } from '@crossmodal/tensors';
import type { LazyRows } from '../../solvers/sparse/lazy-rows.js';
import { leadingSpace } from './leading-space.js';
import { sampledRows } from './sampled-rows.js';

/** Options of {@link leadingDirections}. */
export interface LeadingDirectionOptions {
  /** Directions wanted, below `d`. */
  readonly rank: number;
  readonly random: RandomSource;
}

/**
 * Orthonormal directions that hold most of the energy of features, shape `[d, rank]`: the leading eigenvectors of the second moments of a
 * sample of rows, short runs drawn at random.
 */
export function leadingDirections(
  blocks: LazyRows,
  { rank, random }: LeadingDirectionOptions,
): DenseMatrix<Float32Array> {
  const sample = sampledRows(blocks, random);
  const moments = backendProduct(sample, sample, { transposeA: true });
  return leadingSpace(moments, rank, random.fork('directions'));
}
