import {
  denseMatrix,
  selectRows,
  type DenseMatrix,
  type RandomSource,
  type VectorModality,
} from '@crossmodal/core';
import type { PreparedModality } from '@crossmodal/transforms';
import {
  completeModalities,
  jointSelfExpression,
  ridgeFactor,
  type KernelFeatures,
} from '@crossmodal/self-expressive';
import { readValues, tf, toTensor } from '@crossmodal/tensors';

/** What {@link expressedInBlocks} takes. */
export interface BlockExpressionOptions {
  /** Samples that represent each other; more samples than that are split into blocks of like size. */
  readonly blockSize: number;
  /** Ridge of the coefficients; grows with the samples of a block beyond `ridgeReference`. */
  readonly ridge: number;
  /** Samples up to which the ridge holds. */
  readonly ridgeReference: number;
  /** Width of the Gaussian lift, in median squared distances. */
  readonly width: number;
  /** Decides who shares a block. */
  readonly random: RandomSource;
  /** How many latents, from the first on, are expressed; those behind take part in S alone. @defaultValue all */
  readonly count?: number;
  /** Called before each block, so that an abort is heard. @defaultValue goes on at once */
  readonly pause?: () => Promise<void>;
}

/**
 * Rows of `S Q_l` for each latent, with S the exact self-expression of all latents together, solved within random blocks of samples: samples of
 * different blocks have no coefficient. With `b` samples per block that takes `O(n b^2)` operations and `O(b^2)` memory.
 *
 * @param latents - prepared, shape `[n, q_l]` each; in S and in `Q_l`, a sample that is absent in one is filled from samples of its block, as
 * {@link completeModalities} says
 * @returns shape `[n, q_l]` each; rows of absent samples are zero
 */
export async function expressedInBlocks(
  latents: readonly PreparedModality[],
  { blockSize, ridge, ridgeReference, width, random, count = latents.length, pause }: BlockExpressionOptions,
): Promise<DenseMatrix<Float32Array>[]> {
  const n = latents[0]!.features.rows;
  const expressed = latents
    .slice(0, count)
    .map(({ features: { columns } }) => denseMatrix(new Float32Array(n * columns), n, columns));
  for (const rows of blocksOf(n, blockSize, random)) {
    await pause?.();
    const own = latents.map((latent): VectorModality => selectRows({ kind: 'vectors', ...latent }, rows));
    // A modality of which a block has no sample says nothing of its samples.
    const seen = own.filter(({ present }) => present?.some((flag) => flag !== 0) !== false);
    const coefficients = jointSelfExpression(seen, {
      ridge: ridge * ridgeFactor(rows.length, ridgeReference),
      width,
    });
    const completed = new Map(completeModalities(seen).map((modality, s) => [seen[s], modality]));
    expressed.forEach(({ columns, values }, l) => {
      // Where a block has no sample there is nothing to express.
      const represented = completed.get(own[l]!);
      if (represented === undefined) return;
      const block = productOf(coefficients, represented);
      rows.forEach((row, i) => {
        if (own[l]!.present?.[i] === 0) return;
        values.set(block.subarray(i * columns, (i + 1) * columns), row * columns);
      });
    });
  }
  return expressed;
}

/** Random blocks of like size, none larger than `most`; one block keeps the order of the rows. */
function blocksOf(n: number, most: number, random: RandomSource): Int32Array[] {
  const count = Math.ceil(n / most);
  if (count === 1) return [Int32Array.from({ length: n }, (_, i) => i)];
  const order = random.permutation(n);
  return Array.from({ length: count }, (_, b) =>
    order.slice(Math.floor((b * n) / count), Math.floor(((b + 1) * n) / count)),
  );
}

function productOf(coefficients: Float32Array, { features }: KernelFeatures): Float32Array {
  const m = features.rows;
  return readValues(() => tf.matMul(tf.tensor2d(coefficients, [m, m]), toTensor(features)));
}
