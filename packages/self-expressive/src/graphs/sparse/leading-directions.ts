import { denseMatrix, type DenseMatrix, type RandomSource } from '@crossmodal/core';
import { backendProduct } from '@crossmodal/tensors';
import { inverseFactor } from '../../solvers/sparse/inverse-factor.js';
import { blockRanges, type RowBlocks } from '../../solvers/sparse/row-blocks.js';

/** Options of {@link leadingDirections}. */
export interface LeadingDirectionOptions {
  /** What makes features of the blocks, shape `[d, d]`; they are the features where it is left out. */
  readonly whitening: DenseMatrix<Float32Array> | undefined;
  /** Directions wanted, below `d`. */
  readonly rank: number;
  readonly random: RandomSource;
}

/** Rows looked at for each column: the directions of so many hold what those of all do: the clusters of 20,000 digits are as good with four times the rows. */
const ROWS_PER_COLUMN = 2;
/** Subspace iterations. The directions need not be eigenvectors: what counts is that the space they span holds the large ones. */
const ITERATIONS = 3;
/** Rows are drawn in runs of so many: short ones, since neighbouring rows may be alike. */
const BLOCK_ROWS = 64;

/**
 * Orthonormal directions that hold most of the energy of features, shape `[d, rank]`: the leading eigenvectors of the second moments of a
 * sample of rows, short runs drawn at random.
 */
export function leadingDirections(
  blocks: RowBlocks,
  { whitening, rank, random }: LeadingDirectionOptions,
): DenseMatrix<Float32Array> {
  const d = blocks.columns;
  const draws = random.fork('directions');
  const moments = sampledMoments(blocks, whitening, draws);
  const start = Float32Array.from({ length: d * rank }, () => draws.normal());
  let basis: DenseMatrix<Float32Array> = denseMatrix(start, d, rank);
  for (let iteration = 0; iteration < ITERATIONS; iteration++)
    basis = orthonormal(backendProduct(moments, basis));
  return basis;
}

/**
 * The columns made orthonormal, `X <- X L^-T` with `X^T X + e I = L L^T`, three times: a pass divides the condition by `1 / sqrt(e)`, and
 * the shift has to exceed what single precision rounds off. Directions that stay shorter than 1 do no harm: their features are smaller.
 */
function orthonormal(columns: DenseMatrix<Float32Array>): DenseMatrix<Float32Array> {
  let basis = columns;
  for (const shift of [1e-6, 1e-6, 1e-12]) {
    const gram = backendProduct(basis, basis, { transposeA: true });
    const r = gram.rows;
    const shifted = Float64Array.from(gram.values);
    let trace = 0;
    for (let j = 0; j < r; j++) trace += shifted[j * r + j]!;
    // Features that are all zero have no directions.
    if (trace === 0) return basis;
    for (let j = 0; j < r; j++) shifted[j * r + j]! += shift * trace;
    const inverse = inverseFactor('leadingDirections', denseMatrix(shifted, r, r));
    basis = backendProduct(basis, inverse, { transposeB: true });
  }
  return basis;
}

/** Second moments of the features of a sample of rows. */
function sampledMoments(
  blocks: RowBlocks,
  whitening: DenseMatrix<Float32Array> | undefined,
  random: RandomSource,
): DenseMatrix<Float32Array> {
  const d = blocks.columns;
  const ranges = blockRanges(blocks.rows, BLOCK_ROWS);
  const drawn = random.permutation(ranges.length).slice(0, Math.ceil((ROWS_PER_COLUMN * d) / BLOCK_ROWS));
  const parts = Array.from(drawn.sort(), (b) => blocks.read(...ranges[b]!));
  const rows = parts.reduce((sum, part) => sum + part.rows, 0);
  const values = new Float32Array(rows * d);
  let end = 0;
  for (const part of parts) {
    values.set(part.values, end);
    end += part.values.length;
  }
  const sample = denseMatrix(values, rows, d);
  // Whitened before they are multiplied: the other order loses the small directions to rounding.
  const features = whitening === undefined ? sample : backendProduct(sample, whitening);
  return backendProduct(features, features, { transposeA: true });
}
