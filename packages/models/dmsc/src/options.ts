import type { OptionsOf } from '@crossmodal/method';
import { coefficientOptions, type graphReadoutOptions } from '@crossmodal/subspace';
import * as z from 'zod';

/** Where modalities meet, in every recipe. */
export const fusionOptions = {
  /**
   * `affinity`: one autoencoder per modality and one matrix of coefficients for all; `early`, `intermediate`, `late`: modalities merge before,
   * inside or after the encoder into one latent. Spatial fusion needs every sample in every modality.
   *
   * @defaultValue 'affinity'
   */
  fusion: z.enum(['affinity', 'early', 'intermediate', 'late']).default('affinity'),
  /** How spatial fusion merges; not with `affinity`. @defaultValue 'concat' */
  fusionFunction: z.enum(['sum', 'max', 'concat']).optional(),
};

/** Options of the default network. */
export const networkOptions = {
  /** Filters of the first convolution of images. @defaultValue 16 */
  filters: z.int().min(1).default(16),
  /** Side of its kernels, in pixels. @defaultValue 5 */
  kernelSize: z.int().min(1).default(5),
  /** Feature maps are averaged over windows until about this many cells are left along the shorter side. @defaultValue 7 */
  cells: z.int().min(1).default(7),
  /** Units of the dense layer of vectors. @defaultValue 256 */
  units: z.int().min(1).default(256),
};

/** Options of the training by block coordinates. */
export const blockOptions = {
  /** Times through the data. @defaultValue 5 */
  epochs: z.int().min(0).default(5),
  /** Samples per step; no more than there are. @defaultValue 100 */
  batchSize: z.int().min(1).default(100),
  /** Adam's rate for decoders, at the start of a cosine to 0. @defaultValue 1e-3 */
  learningRate: z.number().positive().default(1e-3),
  /** Adam's rate for encoders, likewise; much slower, since reconstruction pulls features away from clusters. @defaultValue 3e-5 */
  encoderRate: z.number().positive().default(3e-5),
  ...coefficientOptions,
};

/** Options of the paper's training. */
export const paperTrainingOptions = {
  /** Full-batch steps on reconstruction alone. The public code takes 100,000 or more; this default is ours, for time. @defaultValue 1000 */
  pretrainSteps: z.int().min(0).default(1000),
  /** Full-batch steps on the whole objective. @defaultValue 1000 */
  steps: z.int().min(0).default(1000),
  /** Adam's rate, constant. @defaultValue 1e-3 */
  learningRate: z.number().positive().default(1e-3),
  /** Weight of each modality's reconstruction; self-expression has half of it. @defaultValue 0.6 for the first, 0.1 for the others */
  modalityWeights: z.array(z.number().min(0)).optional(),
  /** Weight lambda_1 of the squared norm of the coefficients. @defaultValue 1 */
  coefficientWeight: z.number().min(0).default(1),
  /** Weight lambda_2 of self-expression. @defaultValue 10^(clusters / 10 - 3) */
  selfExpressionWeight: z.number().min(0).optional(),
};

/** Options of the paper's readout. */
export const paperReadoutOptions = {
  /** Share of each column's L1 norm that is kept. @defaultValue max(0.4 - 0.1 floor((clusters - 1) / 10), 0.1) */
  thresholdEnergy: z.number().positive().max(1).optional(),
  /** Dimension d of each subspace; the coefficients are cut to rank d K + 1. @defaultValue 6 */
  subspaceDimension: z.number().positive().default(6),
  /** Power of the affinity. @defaultValue 8 */
  affinityPower: z.number().positive().default(8),
};

/** Options of the default recipe. */
export type DmscDefaultOptions = { readonly preset?: 'default' } & OptionsOf<
  typeof fusionOptions & typeof networkOptions & typeof blockOptions & typeof graphReadoutOptions
>;

/** Options of the recipe that follows the paper and, where it is silent, its public code. */
export type DmscPaperOptions = { readonly preset: 'paper' } & OptionsOf<
  typeof fusionOptions & typeof paperTrainingOptions & typeof paperReadoutOptions
>;
