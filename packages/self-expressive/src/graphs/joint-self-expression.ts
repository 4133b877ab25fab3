import { readValues, tf } from '@crossmodal/tensors';
import { exactSelfExpression } from '../exact-self-expression.js';
import type { KernelFeatures } from './kernel-features.js';
import type { GraphRecipe } from './graph-recipe.js';
import { KernelSums } from './kernel-of.js';
import { modalityKernels } from './modality-kernels.js';

/** Options of {@link jointSelfExpression}. */
export interface JointSelfExpressionOptions {
  /** Ridge `rho > 0`. */
  readonly ridge: number;
  /** Width of the Gaussian lift, in median squared distances. */
  readonly width: number;
}

/**
 * The exact self-expression of several modalities together, `S[K, rho]` with `K` the sum of their Gaussian kernels.
 *
 * @param modalities - prepared features, one entry a modality; absent rows contribute nothing
 * @returns coefficients, row-major, shape `[n, n]`, zero diagonal
 * @throws CrossmodalError as {@link exactSelfExpression}
 */
export function jointSelfExpression(
  modalities: readonly KernelFeatures[],
  { ridge, width }: JointSelfExpressionOptions,
): Float32Array {
  const n = modalities[0]!.features.rows;
  const recipe: GraphRecipe = { kernel: 'gaussian', scope: 'joint', ridge, neighbours: 1 };
  const sums = new KernelSums([recipe], width);
  for (const modality of modalities) sums.add(modalityKernels(modality, { widths: [width] }));
  return readValues(() => exactSelfExpression(tf.tensor2d(sums.of(recipe), [n, n]), { ridge }));
}
