import { coefficientsOf } from '../solvers/exact-self-expression.js';
import { checkRidge } from '../checks/check-ridge.js';
import { checkWidth } from '../checks/check-width.js';
import { checkModalities } from './check-modalities.js';
import { completeModalities } from './completion/complete-modalities.js';
import type { KernelFeatures } from './kernels/kernel-features.js';
import type { GraphRecipe } from './graph-recipe.js';
import { KernelSums } from './kernels/kernel-of.js';
import { modalityKernels } from './kernels/modality-kernels.js';
import { ridgePrecision } from './kernels/ridge-precision.js';

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
 * @param modalities - prepared features, one entry per modality; absent rows are filled as {@link completeModalities} says
 * @returns coefficients, row-major, shape `[n, n]`, zero diagonal
 * @throws CrossmodalError `shape` when there is no modality, or their rows differ in number; `option` on a ridge or width not above 0; and
 * as {@link exactSelfExpression}
 */
export function jointSelfExpression(
  modalities: readonly KernelFeatures[],
  { ridge, width }: JointSelfExpressionOptions,
): Float32Array {
  checkRidge('jointSelfExpression', ridge);
  checkWidth('jointSelfExpression', width);
  const n = checkModalities('jointSelfExpression', modalities);
  const recipe: GraphRecipe = { kernel: 'gaussian', scope: 'joint', ridge, neighbours: 1 };
  const sums = new KernelSums([recipe], width);
  for (const modality of completeModalities(modalities))
    sums.add(modalityKernels(modality, { widths: [width] }));
  return coefficientsOf(ridgePrecision(sums.of(recipe), n, ridge), n);
}
