import { graphsSchema, type GraphRecipe, type GraphSet } from '@crossmodal/self-expressive';
import * as z from 'zod';

/** Options of every default that trains self-expressive latents and clusters by their graphs. */
export interface SubspaceOptions {
  /** Weight of the self-expression term against the relative reconstruction error. @defaultValue 1 */
  readonly selfExpressionWeight?: number;
  /** Epochs between solutions of the coefficients S. @defaultValue 2 */
  readonly refreshEvery?: number;
  /**
   * Samples among which S is solved in training; more are split into random blocks of like size, drawn anew each time, which takes
   * `O(n b^2)` operations and `O(b^2)` memory with b samples a block. The affinity is of all samples together.
   *
   * @defaultValue 500
   */
  readonly blockSize?: number;
  /** Ridge of the coefficients in training; grows with n beyond `ridgeReference`. @defaultValue 5 */
  readonly ridge?: number;
  /** Graphs whose mean is the affinity. @defaultValue 'R' */
  readonly graphs?: GraphSet | readonly GraphRecipe[];
  /** Width of the Gaussian lift, in median squared distances. @defaultValue 3 */
  readonly width?: number;
  /** Samples up to which ridges hold; beyond, they grow. @defaultValue 4500 */
  readonly ridgeReference?: number;
  /** Eigenvectors of the embedding beyond the number of clusters. @defaultValue 12 */
  readonly extraEigenvectors?: number;
  /** Decay of the heat weights of the embedding. @defaultValue 0.15 */
  readonly bandwidth?: number;
  /** Starts of k-means; with twenty clusters thirty end now and then in a worse optimum. @defaultValue 100 */
  readonly restarts?: number;
}

/** {@link SubspaceOptions} with their defaults, to be spread into the zod schema of a model's options. */
export const subspaceOptions = {
  selfExpressionWeight: z.number().min(0).default(1),
  refreshEvery: z.int().min(1).default(2),
  blockSize: z.int().min(2).default(500),
  ridge: z.number().positive().default(5),
  graphs: graphsSchema.default('R'),
  width: z.number().positive().default(3),
  ridgeReference: z.number().positive().default(4500),
  extraEigenvectors: z.int().min(0).default(12),
  bandwidth: z.number().min(0).default(0.15),
  restarts: z.int().min(1).default(100),
};
