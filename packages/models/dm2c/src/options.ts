import { ridgeReferenceOption, widthOption, type OptionsOf } from '@crossmodal/method';
import { graphsSchema } from '@crossmodal/self-expressive';
import * as z from 'zod';

const count = z.int().min(1);
const rate = z.number().positive();
const weight = z.number().min(0);

/** Options of every recipe. */
export const commonOptions = {
  /**
   * Name of the modality into whose space all samples are mapped.
   *
   * @defaultValue the modality whose clusters are most stable; with the paper's inputs the first
   */
  anchor: z.string().optional(),
  /** Whether critics and generators are trained (Table 4, adv.). @defaultValue true */
  adversarial: z.boolean().default(true),
  /** Whether samples are mapped into the anchor's space; otherwise each keeps its own latent (Table 4, uni.). @defaultValue true */
  unify: z.boolean().default(true),
  /** Weight of the adversarial terms of the generators. @defaultValue 1 */
  adversarialWeight: weight.default(1),
  /** Weight lambda_1 of the cycle consistency. @defaultValue 1 */
  cycleWeight: weight.default(1),
  /**
   * Weight lambda_2 of the reconstruction, above 0. Autoencoders have steps of their own, whose optimisers divide it out.
   *
   * @defaultValue 2
   */
  reconstructionWeight: rate.default(2),
  /** Norm of the cycle consistency. @defaultValue 'l1' */
  cycleNorm: z.enum(['l1', 'l2']).default('l1'),
  /** Largest size c of a critic's weights. @defaultValue 0.05 */
  clip: rate.default(0.05),
  /** RMSprop's rate for critics. @defaultValue 5e-5 */
  criticRate: rate.default(5e-5),
};

/** Settings of the graphs that cluster a modality by itself, and unified latents. */
const embeddingOptions = {
  /** Width of the Gaussian lift, in median squared distances. @defaultValue 3 */
  width: widthOption,
  /** Samples up to which ridges hold; beyond, they grow. @defaultValue 4500 */
  ridgeReference: ridgeReferenceOption,
  /** Eigenvectors of the embedding of a graph beyond the number of clusters. @defaultValue 12 */
  extraEigenvectors: z.int().min(0).default(12),
  /** Decay of the heat weights of that embedding. @defaultValue 0.25 */
  bandwidth: weight.default(0.25),
};

/** Options of the default inputs. */
export const defaultInputOptions = {
  ...embeddingOptions,
  /**
   * How the generators of the default network start. `pixels`: all modalities are images of one size that show the same things in the same
   * places, so one basis serves all; `geometry`: clusters are matched by the distances between them; `none`: at random; `auto`: `pixels` where
   * images have one size and their clusters agree with it, `geometry` otherwise.
   *
   * @defaultValue 'auto'
   */
  alignment: z.enum(['auto', 'pixels', 'geometry', 'none']).default('auto'),
  /** Filters of the convolution of images. @defaultValue 16 */
  filters: count.default(16),
  /** Side of its kernels, in pixels. @defaultValue 5 */
  kernelSize: count.default(5),
  /** Feature maps are averaged over windows until about this many cells are left along the shorter side. @defaultValue 7 */
  cells: count.default(7),
  /** Size of the latents with one basis for all; matched by geometry they have one dimension less than there are clusters. @defaultValue 64 */
  latentSize: count.default(64),
  /** A modality whose clusters are less stable than this share of the most stable one's takes no part in training and clustering. @defaultValue 0.6 */
  stability: z.number().min(0).max(1).default(0.6),
};

/** Options of the default network. */
export const defaultNetworkOptions = {
  /** Units of the nonlinear part of encoders, decoders and generators. @defaultValue 128 */
  hidden: count.default(128),
};

/** Options of the default training. */
export const defaultTrainingOptions = {
  /** Times through the data for the autoencoders alone. @defaultValue 5 */
  pretrainEpochs: z.int().min(0).default(5),
  /** Times through the data for autoencoders, critics and generators in turn. @defaultValue 10 */
  epochs: z.int().min(0).default(10),
  /** Samples of each modality per step; no more than there are. @defaultValue 128 */
  batchSize: count.default(128),
  /** Adam's rate for encoders in pre-training; RMSprop's is a hundredth of it. @defaultValue 1e-4 */
  encoderRate: rate.default(1e-4),
  /** Adam's rate for decoders in pre-training; RMSprop's is a tenth of it. @defaultValue 1e-3 */
  decoderRate: rate.default(1e-3),
  /** RMSprop's rate for generators, the start of a cosine to 0. @defaultValue 2e-5 */
  generatorRate: rate.default(2e-5),
  /** Steps of the critics for each of the generators. @defaultValue 2 */
  critics: count.default(2),
  /** Steps of the critics before the generators' first. @defaultValue 25 */
  criticWarmup: z.int().min(0).default(25),
};

/** Options of the readout by k-means. */
export const kMeansOptions = {
  /** Starts of k-means. @defaultValue 30 */
  restarts: count.default(30),
};

/** Options of the readouts by a graph. */
export const graphOptions = {
  ...embeddingOptions,
  ...kMeansOptions,
  /** Graphs whose mean is the affinity of unified latents. @defaultValue 'F2' */
  graphs: graphsSchema.default('F2'),
  /** Unified training samples that vote for the cluster of a new one. @defaultValue 10 */
  neighbours: count.default(10),
};

/** Options of the paper's inputs. */
export const paperInputOptions = {
  /** Size of the latents. @defaultValue 128 */
  latentSize: count.default(128),
};

/** Options of the paper's network. */
export const paperNetworkOptions = {
  /** Units of the encoders before the latent; decoders mirror them. @defaultValue [1024, 256] */
  units: z.array(count).readonly().default([1024, 256]),
  /** Units between input and output of the generators. @defaultValue [256] */
  generatorUnits: z.array(count).readonly().default([256]),
};

/** Options of the paper's training. */
export const paperTrainingOptions = {
  /** Times through the data for the autoencoders alone; from the public code. @defaultValue 150 */
  pretrainEpochs: z.int().min(0).default(150),
  /** Times through the data for autoencoders, critics and generators in turn; from the public code. @defaultValue 220 */
  epochs: z.int().min(0).default(220),
  /** Samples of each modality per step; the public code has 128 of both together. @defaultValue 64 */
  batchSize: count.default(64),
  /** RMSprop's rate for autoencoders, and Adam's in pre-training. @defaultValue 1e-3 */
  autoencoderRate: rate.default(1e-3),
  /** RMSprop's rate for generators. @defaultValue 1e-4 */
  generatorRate: rate.default(1e-4),
  /** n_critics, steps of the critics for each of the generators; the paper does not say, 5 is usual. @defaultValue 5 */
  critics: count.default(5),
  /** Whether norms are summed over the values of a sample, as in the equations, or averaged, as in the public code. @defaultValue 'sampleMean' */
  reduction: z.enum(['sampleMean', 'mean']).default('sampleMean'),
};

/** Options of the paper's readout. */
export const paperReadoutOptions = {
  /** Starts of k-means. @defaultValue 20 */
  restarts: count.default(20),
};

/** Options of the default recipe. */
export type Dm2cDefaultOptions = { readonly preset?: 'default' } & OptionsOf<
  typeof commonOptions &
    typeof defaultInputOptions &
    typeof defaultNetworkOptions &
    typeof defaultTrainingOptions &
    typeof graphOptions
>;

/** Options of the recipe that follows the paper and, where it is silent, its public code. */
export type Dm2cPaperOptions = { readonly preset: 'paper' } & OptionsOf<
  typeof commonOptions &
    typeof paperInputOptions &
    typeof paperNetworkOptions &
    typeof paperTrainingOptions &
    typeof paperReadoutOptions
>;
