import { graphOptions, ridgeReferenceOption, widthOption } from '@crossmodal/method';
import * as z from 'zod';

/** Options of {@link trainByBlocks} that concern the coefficients. */
export const coefficientOptions = {
  /** Weight of the self-expression term against the relative reconstruction error. @defaultValue 1 */
  selfExpressionWeight: z.number().min(0).default(1),
  /** Epochs between solutions of the coefficients S. @defaultValue 2 */
  refreshEvery: z.int().min(1).default(2),
  /**
   * Samples among which S is solved in training; more are split into random blocks of like size, drawn anew each time, which takes
   * `O(n b^2)` operations and `O(b^2)` memory with b samples per block. The affinity is of all samples together.
   *
   * @defaultValue 500
   */
  blockSize: z.int().min(2).default(500),
  /** Ridge of the coefficients in training; grows with n beyond `ridgeReference`. @defaultValue 5 */
  ridge: z.number().positive().default(5),
  /** Width of the Gaussian lift, in median squared distances. @defaultValue 3 */
  width: widthOption,
  /** Samples up to which ridges hold; beyond, they grow. @defaultValue 4500 */
  ridgeReference: ridgeReferenceOption,
};

/** Options of the readout by graphs of the coefficients of what was trained with {@link coefficientOptions}. */
export const graphReadoutOptions = {
  ...graphOptions,
  /** Decay of the heat weights of the embedding. @defaultValue 0.15 */
  bandwidth: z.number().min(0).default(0.15),
  /** Starts of k-means; with twenty clusters thirty end now and then in a worse optimum. @defaultValue 100 */
  restarts: z.int().min(1).default(100),
};
