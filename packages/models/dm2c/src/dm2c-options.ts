import { CrossmodalError, parseOptions } from '@crossmodal/core';
import { graphsSchema, type GraphRecipe, type GraphSet } from '@crossmodal/self-expressive';
import * as z from 'zod';

const where = 'createDm2c';
const count = z.int().min(1);
const rate = z.number().positive();
const weight = z.number().min(0);

const common = {
  anchor: z.string().optional(),
  adversarial: z.boolean().default(true),
  unify: z.boolean().default(true),
  adversarialWeight: weight.default(1),
  cycleWeight: weight.default(1),
  reconstructionWeight: rate.default(2),
  cycleNorm: z.enum(['l1', 'l2']).default('l1'),
  clip: rate.default(0.05),
  criticRate: rate.default(5e-5),
};

const defaultSchema = z.strictObject({
  preset: z.literal('default').default('default'),
  ...common,
  alignment: z.enum(['auto', 'pixels', 'geometry', 'none']).default('auto'),
  filters: count.default(16),
  kernelSize: count.default(5),
  cells: count.default(7),
  latentSize: count.default(64),
  hidden: count.default(128),
  stability: z.number().min(0).max(1).default(0.6),
  pretrainEpochs: z.int().min(0).default(5),
  epochs: z.int().min(0).default(10),
  batchSize: count.default(128),
  encoderRate: rate.default(1e-4),
  decoderRate: rate.default(1e-3),
  generatorRate: rate.default(2e-5),
  critics: count.default(2),
  criticWarmup: z.int().min(0).default(25),
  readout: z.enum(['auto', 'graph', 'k-means']).default('auto'),
  graphs: graphsSchema.default('F2'),
  width: rate.default(3),
  ridgeReference: rate.default(4500),
  extraEigenvectors: z.int().min(0).default(12),
  bandwidth: weight.default(0.25),
  restarts: count.default(30),
  neighbours: count.default(10),
});

const paperSchema = z.strictObject({
  preset: z.literal('paper'),
  ...common,
  units: z.array(count).default([1024, 256]),
  latentSize: count.default(128),
  generatorUnits: z.array(count).default([256]),
  pretrainEpochs: z.int().min(0).default(150),
  epochs: z.int().min(0).default(220),
  batchSize: count.default(64),
  autoencoderRate: rate.default(1e-3),
  generatorRate: rate.default(1e-4),
  critics: count.default(5),
  reduction: z.enum(['sampleMean', 'mean']).default('sampleMean'),
  restarts: count.default(20),
});

/** Options of every preset. */
export interface Dm2cCommonOptions {
  /**
   * Name of the modality into whose space all samples are mapped.
   *
   * @defaultValue the modality whose clusters are most stable; in the paper's preset the first
   */
  readonly anchor?: string;
  /** Whether critics and generators are trained (Table 4, adv.). @defaultValue true */
  readonly adversarial?: boolean;
  /** Whether samples are mapped into the anchor's space; otherwise each keeps its own latent (Table 4, uni.). @defaultValue true */
  readonly unify?: boolean;
  /** Weight of the adversarial terms of the generators. @defaultValue 1 */
  readonly adversarialWeight?: number;
  /** Weight lambda_1 of the cycle consistency. @defaultValue 1 */
  readonly cycleWeight?: number;
  /**
   * Weight lambda_2 of the reconstruction, above 0. Autoencoders have steps of their own, whose optimisers divide it out.
   *
   * @defaultValue 2
   */
  readonly reconstructionWeight?: number;
  /** Norm of the cycle consistency. @defaultValue 'l1' */
  readonly cycleNorm?: 'l1' | 'l2';
  /** Largest size c of a critic's weights. @defaultValue 0.05 */
  readonly clip?: number;
  /** RMSprop's rate for critics. @defaultValue 5e-5 */
  readonly criticRate?: number;
  /** RMSprop's rate for generators; in the default preset the start of a cosine to 0. @defaultValue 2e-5; 1e-4 in the paper's preset */
  readonly generatorRate?: number;
}

/** Options of the default preset. */
export interface Dm2cDefaultOptions extends Dm2cCommonOptions {
  /** @defaultValue 'default' */
  readonly preset?: 'default';
  /**
   * How the generators start. `pixels`: all modalities are images of one size that show the same things in the same places, so one
   * basis serves all; `geometry`: clusters are matched by the distances between them; `none`: at random; `auto`: `pixels` where images have one
   * size and their clusters agree with it, `geometry` otherwise.
   *
   * @defaultValue 'auto'
   */
  readonly alignment?: 'auto' | 'pixels' | 'geometry' | 'none';
  /** Filters of the convolution of images. @defaultValue 16 */
  readonly filters?: number;
  /** Side of its kernels, in pixels. @defaultValue 5 */
  readonly kernelSize?: number;
  /** Feature maps are averaged over windows until about this many cells are left along the shorter side. @defaultValue 7 */
  readonly cells?: number;
  /** Size of the latents with one basis for all; matched by geometry they have one dimension less than there are clusters. @defaultValue 64 */
  readonly latentSize?: number;
  /** Units of the nonlinear part of encoders, decoders and generators. @defaultValue 128 */
  readonly hidden?: number;
  /** A modality whose clusters are less stable than this share of the most stable one's takes no part in training and clustering. @defaultValue 0.6 */
  readonly stability?: number;
  /** Times through the data for the autoencoders alone. @defaultValue 5 */
  readonly pretrainEpochs?: number;
  /** Times through the data for autoencoders, critics and generators in turn. @defaultValue 10 */
  readonly epochs?: number;
  /** Samples of each modality a step; no more than there are. @defaultValue 128 */
  readonly batchSize?: number;
  /** Adam's rate for encoders in pre-training; RMSprop's is a hundredth of it. @defaultValue 1e-4 */
  readonly encoderRate?: number;
  /** Adam's rate for decoders in pre-training; RMSprop's is a tenth of it. @defaultValue 1e-3 */
  readonly decoderRate?: number;
  /** Steps of the critics for each of the generators. @defaultValue 2 */
  readonly critics?: number;
  /** Steps of the critics before the generators' first. @defaultValue 25 */
  readonly criticWarmup?: number;
  /**
   * How unified latents are clustered: `k-means` on them, or `graph`, on the spectral coordinates of a self-expression graph of their directions;
   * `auto`: `graph` with one basis for all images, `k-means` where clusters are round after a match by geometry.
   *
   * @defaultValue 'auto'
   */
  readonly readout?: 'auto' | 'graph' | 'k-means';
  /** Graphs whose mean is the affinity of that readout. @defaultValue 'F2' */
  readonly graphs?: GraphSet | readonly GraphRecipe[];
  /** Width of the Gaussian lift, in median squared distances. @defaultValue 3 */
  readonly width?: number;
  /** Samples up to which ridges hold; beyond, they grow. @defaultValue 4500 */
  readonly ridgeReference?: number;
  /** Eigenvectors of the embedding of that graph beyond the number of clusters. @defaultValue 12 */
  readonly extraEigenvectors?: number;
  /** Decay of the heat weights of that embedding. @defaultValue 0.25 */
  readonly bandwidth?: number;
  /** Starts of k-means. @defaultValue 30 */
  readonly restarts?: number;
  /** Unified training samples that vote for the cluster of a new one, with the graph's readout. @defaultValue 10 */
  readonly neighbours?: number;
}

/** Options of the preset that follows the paper and, where it is silent, its public code. */
export interface Dm2cPaperOptions extends Dm2cCommonOptions {
  readonly preset: 'paper';
  /** Units of the encoders before the latent; decoders mirror them. @defaultValue [1024, 256] */
  readonly units?: readonly number[];
  /** Size of the latents. @defaultValue 128 */
  readonly latentSize?: number;
  /** Units between input and output of the generators. @defaultValue [256] */
  readonly generatorUnits?: readonly number[];
  /** Times through the data for the autoencoders alone; from the public code. @defaultValue 150 */
  readonly pretrainEpochs?: number;
  /** Times through the data for autoencoders, critics and generators in turn; from the public code. @defaultValue 220 */
  readonly epochs?: number;
  /** Samples of each modality a step; the public code has 128 of both together. @defaultValue 64 */
  readonly batchSize?: number;
  /** RMSprop's rate for autoencoders, and Adam's in pre-training. @defaultValue 1e-3 */
  readonly autoencoderRate?: number;
  /** n_critics, steps of the critics for each of the generators; the paper does not say, 5 is usual. @defaultValue 5 */
  readonly critics?: number;
  /** Whether norms are summed over the values of a sample, as in the equations, or averaged, as in the public code. @defaultValue 'sampleMean' */
  readonly reduction?: 'sampleMean' | 'mean';
  /** Starts of k-means. @defaultValue 20 */
  readonly restarts?: number;
}

/** Options of {@link createDm2c}; those of another preset are refused. */
export type Dm2cOptions = Dm2cDefaultOptions | Dm2cPaperOptions;

/** {@link Dm2cDefaultOptions}, checked and complete. */
export type ResolvedDefaultOptions = z.output<typeof defaultSchema>;

/** {@link Dm2cPaperOptions}, checked and complete. */
export type ResolvedPaperOptions = z.output<typeof paperSchema>;

/** Options of either preset, checked and complete. */
export type ResolvedDm2cOptions = ResolvedDefaultOptions | ResolvedPaperOptions;

/**
 * Checks options and fills in the defaults of their preset.
 *
 * @throws CrossmodalError `option` naming the first that is wrong, unknown, or of another preset, generators that would map without having
 * been trained or aligned, or a game without any weight.
 */
export function resolveDm2cOptions(options: object): ResolvedDm2cOptions {
  const preset = (options as { readonly preset?: unknown } | null)?.preset;
  const resolved: ResolvedDm2cOptions = parseOptions(
    where,
    preset === 'paper' ? paperSchema : defaultSchema,
    options,
  );
  if (resolved.adversarial && resolved.adversarialWeight === 0 && resolved.cycleWeight === 0) {
    throw new CrossmodalError({
      code: 'option',
      where: `${where} options 'adversarialWeight', 'cycleWeight'`,
      expected: "one of them above 0, or 'adversarial' false",
      received: '0 and 0',
      advice: 'Generators without an objective do not train.',
    });
  }
  const aligned = resolved.preset === 'default' && resolved.alignment !== 'none';
  if (resolved.unify && !resolved.adversarial && !aligned) {
    throw new CrossmodalError({
      code: 'option',
      where: `${where} option 'adversarial'`,
      expected: "true, or 'unify' false: maps that nothing has trained unify nothing",
      received: 'false',
    });
  }
  return resolved;
}
