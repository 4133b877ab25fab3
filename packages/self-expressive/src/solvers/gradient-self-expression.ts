import { CrossmodalError } from '@crossmodal/core';
import { checkFinite } from '@crossmodal/linalg';
import { readValues, tf } from '@crossmodal/tensors';
import { checkGram } from '../checks/check-gram.js';
import { checkRidge } from '../checks/check-ridge.js';

/** Options of {@link gradientSelfExpression}. */
export interface GradientSelfExpressionOptions {
  /** Weight `rho > 0` of `||S||^2`. */
  readonly ridge: number;
  /** Step size. @defaultValue `1 / L` with `L = 2 (bound on the largest eigenvalue of K + rho)`, at which convergence is certain */
  readonly learningRate?: number;
  /** Stops when every row is certainly this close to the minimiser, in Euclidean distance. @defaultValue 1e-5 */
  readonly tolerance?: number;
  /** Most steps. @defaultValue 20000 */
  readonly maximumSteps?: number;
}

/** What {@link gradientSelfExpression} reached. */
export interface GradientSelfExpression {
  /** `S`, shape `[n, n]`, zero diagonal. */
  readonly coefficients: tf.Tensor2D;
  /** Steps taken. */
  readonly steps: number;
  /** Whether the tolerance was reached. */
  readonly converged: boolean;
  /** Bound on the distance of the worst row to the minimiser, `max_i ||gradient_i|| / (2 rho)`. */
  readonly distance: number;
}

/**
 * Self-expression by gradient descent, as published models find it: minimises `rho ||S||^2 + ||Z - S Z||^2` under `diag(S) = 0`.
 *
 * With `K = Z Z^T` the gradient is `2 (rho S - (I - S) K)` off the diagonal. Nesterov's momentum for condition number
 * `L / (2 rho)`; the objective is `2 rho`-strongly convex, so the gradient bounds the distance to the minimiser, which
 * {@link exactSelfExpression} gives at once. This solver is its check, and the base of comparisons.
 *
 * @param gram - `K`, shape `[n, n]`, symmetric, positive semi-definite
 * @throws CrossmodalError `value` when the Gram matrix is not finite; `option` when ridge or learning rate is not positive; `diverged` when the learning rate is too large.
 */
export function gradientSelfExpression(
  gram: tf.Tensor2D,
  options: GradientSelfExpressionOptions,
): GradientSelfExpression {
  const n = checkGram('gradientSelfExpression', gram);
  const { ridge, tolerance = 1e-5, maximumSteps = 20_000 } = options;
  checkRidge('gradientSelfExpression', ridge);
  const k = gram.dataSync() as Float32Array;
  checkFinite('gradientSelfExpression', k);
  const rate = options.learningRate ?? 0.5 / (eigenvalueBound(k, n) + ridge);
  checkRate(rate);
  // Inverse condition number; momentum (1 - sqrt(q)) / (1 + sqrt(q)) is the optimal constant one.
  const q = Math.min(1, 2 * ridge * rate);
  const momentum = (1 - Math.sqrt(q)) / (1 + Math.sqrt(q));

  const s = new Float32Array(n * n);
  const ahead = new Float32Array(n * n);
  let distance = Infinity;
  let steps = 0;
  while (steps < maximumSteps && !(distance <= tolerance)) {
    const product = readValues(() => tf.matMul(tf.tensor2d(ahead.slice(), [n, n]), gram));
    distance = 0;
    for (let i = 0; i < n; i++) {
      let squares = 0;
      for (let p = i * n; p < (i + 1) * n; p++) {
        if (p === i * n + i) continue;
        const gradient = 2 * (ridge * ahead[p]! + product[p]! - k[p]!);
        squares += gradient * gradient;
        const value = ahead[p]! - rate * gradient;
        ahead[p] = value + momentum * (value - s[p]!);
        s[p] = value;
      }
      distance = Math.max(distance, Math.sqrt(squares) / (2 * ridge));
      if (!Number.isFinite(squares)) throw diverged(steps, rate);
    }
    steps++;
  }
  return {
    coefficients: tf.tensor2d(s, [n, n], 'float32'),
    steps,
    converged: distance <= tolerance,
    distance,
  };
}

/** The largest eigenvalue is at most the trace, and at most the largest row sum of sizes. */
function eigenvalueBound(k: Float32Array, n: number): number {
  let trace = 0;
  let largest = 0;
  for (let i = 0; i < n; i++) {
    trace += k[i * n + i]!;
    let sum = 0;
    for (let j = 0; j < n; j++) sum += Math.abs(k[i * n + j]!);
    largest = Math.max(largest, sum);
  }
  return Math.min(trace, largest);
}

function checkRate(rate: number): void {
  if (rate > 0 && Number.isFinite(rate)) return;
  throw new CrossmodalError({
    code: 'option',
    where: "gradientSelfExpression option 'learningRate'",
    expected: 'a positive number',
    received: String(rate),
  });
}

function diverged(step: number, rate: number): CrossmodalError {
  return new CrossmodalError({
    code: 'diverged',
    where: 'gradientSelfExpression',
    expected: 'a gradient that stays finite',
    received: `overflow at step ${step} with learning rate ${rate}`,
    advice: 'Lower the learning rate, or leave it out.',
  });
}
