import { subspaceOptions, type SubspaceOptions } from '@crossmodal/assembly';
import { CrossmodalError, parseOptions } from '@crossmodal/core';
import { z } from 'zod';

const where = 'createCmscDcca';

const parts = {
  correlation: z.boolean().default(true),
  selfExpression: z.boolean().default(true),
  decoder: z.boolean().default(true),
  correlationWeight: z.number().min(0).default(1),
  correlationRidge: z.number().positive().default(1e-3),
};

const defaultSchema = z.strictObject({
  preset: z.literal('default').default('default'),
  ...parts,
  filters: z.int().min(1).default(16),
  kernelSize: z.int().min(1).default(5),
  cells: z.int().min(1).default(7),
  units: z.int().min(1).default(256),
  latentUnits: z.int().min(1).default(64),
  features: z.boolean().default(true),
  epochs: z.int().min(0).default(5),
  batchSize: z.int().min(2).default(500),
  learningRate: z.number().positive().default(1e-2),
  encoderRate: z.number().positive().default(3e-5),
  headRate: z.number().positive().default(1e-4),
  ...subspaceOptions,
});

const paperSchema = z.strictObject({
  preset: z.literal('paper'),
  ...parts,
  latentUnits: z.int().min(1).default(128),
  pretrainSteps: z.int().min(0).default(1000),
  steps: z.int().min(0).default(1000),
  learningRate: z.number().positive().default(1e-3),
  selfExpressionWeight: z.number().min(0).default(0.1),
  reconstructionWeight: z.number().positive().default(1),
});

/** The parts of the objective that can be left out, in every preset: Table 3 of the paper. */
export interface CmscDccaPartOptions {
  /** Whether the latents of the modalities are correlated. @defaultValue true */
  readonly correlation?: boolean;
  /** Whether latents represent each other; without it, k-means clusters them. @defaultValue true */
  readonly selfExpression?: boolean;
  /** Whether decoders rebuild the data. @defaultValue true */
  readonly decoder?: boolean;
  /**
   * Weight of the correlation: lambda_3 in the paper's preset, of the mean correlation of a pair in the default.
   *
   * @defaultValue 1
   */
  readonly correlationWeight?: number;
  /** r1 and r2 on the diagonals of the covariances. @defaultValue 1e-3 */
  readonly correlationRidge?: number;
}

/** Options of the default preset. */
export interface CmscDccaDefaultOptions extends CmscDccaPartOptions, SubspaceOptions {
  /** @defaultValue 'default' */
  readonly preset?: 'default';
  /** Filters of the convolution of images. @defaultValue 16 */
  readonly filters?: number;
  /** Side of its kernels, in pixels. @defaultValue 5 */
  readonly kernelSize?: number;
  /** Feature maps are averaged over windows until about this many cells are left along the shorter side. @defaultValue 7 */
  readonly cells?: number;
  /** Units of the first dense layer of vectors. @defaultValue 256 */
  readonly units?: number;
  /** Units of the dense layer that ends each encoder; fewer with less than 16 samples a unit. @defaultValue 64 */
  readonly latentUnits?: number;
  /** Whether S represents, beside the latents, the features that the dense layers see. @defaultValue true */
  readonly features?: boolean;
  /** Times through the data. @defaultValue 5 */
  readonly epochs?: number;
  /** Samples a step; no more than there are. Correlations want many more than `latentUnits`. @defaultValue 500 */
  readonly batchSize?: number;
  /** Adam's rate for decoders, at the start of a cosine to 0; high, since steps on large batches are few. @defaultValue 1e-2 */
  readonly learningRate?: number;
  /** Adam's rate for the layers before the latent, likewise. @defaultValue 3e-5 */
  readonly encoderRate?: number;
  /** Adam's rate for the dense layer that makes the latent, likewise. @defaultValue 1e-4 */
  readonly headRate?: number;
}

/** Options of the preset that follows the paper. */
export interface CmscDccaPaperOptions extends CmscDccaPartOptions {
  readonly preset: 'paper';
  /** Units o of the fully connected layer, which the paper does not state. @defaultValue 128 */
  readonly latentUnits?: number;
  /** Full-batch steps on Eq. 8. @defaultValue 1000 */
  readonly pretrainSteps?: number;
  /** Full-batch steps on Eq. 9. The paper's curves show 10,000, flat after 2,000; this default is ours, for time. @defaultValue 1000 */
  readonly steps?: number;
  /** Adam's rate, constant. @defaultValue 1e-3 */
  readonly learningRate?: number;
  /** Weight lambda_1 of self-expression. @defaultValue 0.1 */
  readonly selfExpressionWeight?: number;
  /** Weight lambda_2 of the reconstruction, above 0; `decoder: false` leaves it out. @defaultValue 1 */
  readonly reconstructionWeight?: number;
}

/** Options of {@link createCmscDcca}; those of another preset are refused. */
export type CmscDccaOptions = CmscDccaDefaultOptions | CmscDccaPaperOptions;

/** {@link CmscDccaDefaultOptions}, checked and complete. */
export type ResolvedDefaultOptions = z.output<typeof defaultSchema>;

/** {@link CmscDccaPaperOptions}, checked and complete. */
export type ResolvedPaperOptions = z.output<typeof paperSchema>;

/** Options of either preset, checked. */
export type ResolvedCmscDccaOptions = ResolvedDefaultOptions | ResolvedPaperOptions;

/**
 * Checks options and fills in the defaults of their preset.
 *
 * @throws CrossmodalError `option` naming the first that is wrong, unknown, or of another preset, or when every part is left out.
 */
export function resolveCmscDccaOptions(options: object): ResolvedCmscDccaOptions {
  const preset = (options as { readonly preset?: unknown } | null)?.preset;
  const resolved: ResolvedCmscDccaOptions = parseOptions(
    where,
    preset === 'paper' ? paperSchema : defaultSchema,
    options,
  );
  const correlates = resolved.correlation && resolved.correlationWeight > 0;
  const expresses = resolved.selfExpression && resolved.selfExpressionWeight > 0;
  if (correlates || expresses || resolved.decoder) return resolved;
  throw new CrossmodalError({
    code: 'option',
    where: `${where} options 'correlation', 'selfExpression', 'decoder'`,
    expected: 'one of them at least, with a weight above 0',
    received: 'none',
    advice: 'Encoders without an objective do not train.',
  });
}
