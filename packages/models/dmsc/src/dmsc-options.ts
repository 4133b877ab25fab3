import { subspaceOptions, type SubspaceOptions } from '@crossmodal/assembly';
import { CrossmodalError, parseOptions } from '@crossmodal/core';
import type { FusionOptions } from '@crossmodal/fusion';
import { z } from 'zod';

const where = 'createDmsc';

const fusion = {
  fusion: z.enum(['affinity', 'early', 'intermediate', 'late']).default('affinity'),
  fusionFunction: z.enum(['sum', 'max', 'concat']).optional(),
};

const defaultSchema = z.strictObject({
  preset: z.literal('default').default('default'),
  ...fusion,
  filters: z.int().min(1).default(16),
  kernelSize: z.int().min(1).default(5),
  cells: z.int().min(1).default(7),
  units: z.int().min(1).default(256),
  epochs: z.int().min(0).default(5),
  batchSize: z.int().min(1).default(100),
  learningRate: z.number().positive().default(1e-3),
  encoderRate: z.number().positive().default(3e-5),
  ...subspaceOptions,
});

const paperSchema = z.strictObject({
  preset: z.literal('paper'),
  ...fusion,
  pretrainSteps: z.int().min(0).default(1000),
  steps: z.int().min(0).default(1000),
  learningRate: z.number().positive().default(1e-3),
  modalityWeights: z.array(z.number().min(0)).optional(),
  coefficientWeight: z.number().min(0).default(1),
  selfExpressionWeight: z.number().min(0).optional(),
  thresholdEnergy: z.number().positive().max(1).optional(),
  subspaceDimension: z.number().positive().default(6),
  affinityPower: z.number().positive().default(8),
});

/** Where modalities meet, in every preset. */
export interface DmscFusionOptions {
  /**
   * `affinity`: one autoencoder a modality and one matrix of coefficients for all; `early`, `intermediate`, `late`: modalities merge before,
   * inside or after the encoder into one latent. Spatial fusion needs every sample in every modality.
   *
   * @defaultValue 'affinity'
   */
  readonly fusion?: 'affinity' | 'early' | 'intermediate' | 'late';
  /** How spatial fusion merges; not with `affinity`. @defaultValue 'concat' */
  readonly fusionFunction?: 'sum' | 'max' | 'concat';
}

/** Options of the default preset. */
export interface DmscDefaultOptions extends DmscFusionOptions, SubspaceOptions {
  /** @defaultValue 'default' */
  readonly preset?: 'default';
  /** Filters of the first convolution of images. @defaultValue 16 */
  readonly filters?: number;
  /** Side of its kernels, in pixels. @defaultValue 5 */
  readonly kernelSize?: number;
  /** Feature maps are averaged over windows until about this many cells are left along the shorter side. @defaultValue 7 */
  readonly cells?: number;
  /** Units of the dense layer of vectors. @defaultValue 256 */
  readonly units?: number;
  /** Times through the data. @defaultValue 5 */
  readonly epochs?: number;
  /** Samples a step; no more than there are. @defaultValue 100 */
  readonly batchSize?: number;
  /** Adam's rate for decoders, at the start of a cosine to 0. @defaultValue 1e-3 */
  readonly learningRate?: number;
  /** Adam's rate for encoders, likewise; much slower, since reconstruction pulls features away from clusters. @defaultValue 3e-5 */
  readonly encoderRate?: number;
}

/** Options of the preset that follows the paper and, where it is silent, its public code. */
export interface DmscPaperOptions extends DmscFusionOptions {
  readonly preset: 'paper';
  /** Full-batch steps on reconstruction alone. The public code takes 100,000 or more; this default is ours, for time. @defaultValue 1000 */
  readonly pretrainSteps?: number;
  /** Full-batch steps on the whole objective. @defaultValue 1000 */
  readonly steps?: number;
  /** Adam's rate, constant. @defaultValue 1e-3 */
  readonly learningRate?: number;
  /** Weight of each modality's reconstruction; self-expression has half of it. @defaultValue 0.6 for the first, 0.1 for the others */
  readonly modalityWeights?: readonly number[];
  /** Weight lambda_1 of the squared norm of the coefficients. @defaultValue 1 */
  readonly coefficientWeight?: number;
  /** Weight lambda_2 of self-expression. @defaultValue 10^(clusters / 10 - 3) */
  readonly selfExpressionWeight?: number;
  /** Share of each column's L1 norm that is kept. @defaultValue max(0.4 - 0.1 floor((clusters - 1) / 10), 0.1) */
  readonly thresholdEnergy?: number;
  /** Dimension d of each subspace; the coefficients are cut to rank d K + 1. @defaultValue 6 */
  readonly subspaceDimension?: number;
  /** Power of the affinity. @defaultValue 8 */
  readonly affinityPower?: number;
}

/** Options of {@link createDmsc}; those of another preset are refused. */
export type DmscOptions = DmscDefaultOptions | DmscPaperOptions;

/** {@link DmscDefaultOptions}, checked and complete. */
export type ResolvedDefaultOptions = z.output<typeof defaultSchema>;

/** {@link DmscPaperOptions}, checked; what depends on the data is resolved by the fit. */
export type ResolvedPaperOptions = z.output<typeof paperSchema>;

/** Options of either preset, checked. */
export type ResolvedDmscOptions = ResolvedDefaultOptions | ResolvedPaperOptions;

/**
 * Checks options and fills in the defaults of their preset.
 *
 * @throws CrossmodalError `option` naming the first that is wrong, unknown, or of another preset.
 */
export function resolveDmscOptions(options: object): ResolvedDmscOptions {
  const preset = (options as { readonly preset?: unknown } | null)?.preset;
  const schema = preset === 'paper' ? paperSchema : defaultSchema;
  const resolved: ResolvedDmscOptions = parseOptions(where, schema, options);
  if (resolved.fusion === 'affinity' && resolved.fusionFunction !== undefined) {
    throw new CrossmodalError({
      code: 'option',
      where: `${where} option 'fusionFunction'`,
      expected: "a fusion of 'early', 'intermediate' or 'late' with it",
      received: "'affinity', which merges nothing",
    });
  }
  if (resolved.fusion === 'affinity') return resolved;
  return { ...resolved, fusionFunction: resolved.fusionFunction ?? 'concat' };
}

/** The fusion that options ask for, as the fusion package takes it. */
export function fusionOf({ fusion: kind, fusionFunction = 'concat' }: ResolvedDmscOptions): FusionOptions {
  return kind === 'affinity' ? { kind } : { kind, function: fusionFunction };
}
