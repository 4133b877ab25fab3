import type { OptionsOf } from '@crossmodal/method';
import { coefficientOptions, type graphReadoutOptions } from '@crossmodal/subspace';
import * as z from 'zod';

/** The parts of the objective that can be left out, in every recipe: Table 3 of the paper. */
export const partOptions = {
  /** Whether the latents of the modalities are correlated. @defaultValue true */
  correlation: z.boolean().default(true),
  /** Whether latents represent each other; without it, k-means clusters them. @defaultValue true */
  selfExpression: z.boolean().default(true),
  /** Whether decoders rebuild the data. @defaultValue true */
  decoder: z.boolean().default(true),
  /** Weight of the correlation: lambda_3 in the paper's training, of the mean correlation of a pair in the default. @defaultValue 1 */
  correlationWeight: z.number().min(0).default(1),
  /** r1 and r2 on the diagonals of the covariances. @defaultValue 1e-3 */
  correlationRidge: z.number().positive().default(1e-3),
};

/** Options of the default network. */
export const networkOptions = {
  /** Filters of the convolution of images. @defaultValue 16 */
  filters: z.int().min(1).default(16),
  /** Side of its kernels, in pixels. @defaultValue 5 */
  kernelSize: z.int().min(1).default(5),
  /** Feature maps are averaged over windows until about this many cells are left along the shorter side. @defaultValue 7 */
  cells: z.int().min(1).default(7),
  /** Units of the first dense layer of vectors. @defaultValue 256 */
  units: z.int().min(1).default(256),
  /** Units of the dense layer that ends each encoder; fewer with less than 16 samples per unit. @defaultValue 64 */
  latentUnits: z.int().min(1).default(64),
  /** Whether S represents, beside the latents, the features that the dense layers see. @defaultValue true */
  features: z.boolean().default(true),
};

/** Options of the paper's network. */
export const paperNetworkOptions = {
  /** Units o of the fully connected layer, which the paper does not state. @defaultValue 128 */
  latentUnits: z.int().min(1).default(128),
};

/** Options of the training by block coordinates. */
export const blockOptions = {
  /** Times through the data. @defaultValue 5 */
  epochs: z.int().min(0).default(5),
  /** Samples per step; no more than there are. Correlations want many more than `latentUnits`. @defaultValue 500 */
  batchSize: z.int().min(2).default(500),
  /** Adam's rate for decoders, at the start of a cosine to 0; high, since steps on large batches are few. @defaultValue 1e-2 */
  learningRate: z.number().positive().default(1e-2),
  /** Adam's rate for the layers before the latent, likewise. @defaultValue 3e-5 */
  encoderRate: z.number().positive().default(3e-5),
  /** Adam's rate for the dense layer that makes the latent, likewise. @defaultValue 1e-4 */
  headRate: z.number().positive().default(1e-4),
  ...coefficientOptions,
};

/** Options of the paper's training. */
export const paperTrainingOptions = {
  /** Full-batch steps on Eq. 8. @defaultValue 1000 */
  pretrainSteps: z.int().min(0).default(1000),
  /** Full-batch steps on Eq. 9. The paper's curves show 10,000, flat after 2,000; this default is ours, for time. @defaultValue 1000 */
  steps: z.int().min(0).default(1000),
  /** Adam's rate, constant. @defaultValue 1e-3 */
  learningRate: z.number().positive().default(1e-3),
  /** Weight lambda_1 of self-expression. @defaultValue 0.1 */
  selfExpressionWeight: z.number().min(0).default(0.1),
  /** Weight lambda_2 of the reconstruction, above 0; `decoder: false` leaves it out. @defaultValue 1 */
  reconstructionWeight: z.number().positive().default(1),
};

/** Options of the default recipe. */
export type CmscDccaDefaultOptions = { readonly preset?: 'default' } & OptionsOf<
  typeof partOptions & typeof networkOptions & typeof blockOptions & typeof graphReadoutOptions
>;

/** Options of the recipe that follows the paper. */
export type CmscDccaPaperOptions = { readonly preset: 'paper' } & OptionsOf<
  typeof partOptions & typeof paperNetworkOptions & typeof paperTrainingOptions
>;
