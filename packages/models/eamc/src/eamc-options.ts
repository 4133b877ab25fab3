import { parseOptions } from '@crossmodal/core';
import * as z from 'zod';
import { CLUSTERING_TERMS, type ClusteringTerm } from './clustering-term.js';

const size = z.int().min(1);
const rate = z.number().positive();

const parts = {
  adversary: z.boolean().default(true),
  attention: z.boolean().default(true),
  terms: z
    .array(z.enum(CLUSTERING_TERMS))
    .min(1)
    .refine((terms) => new Set(terms).size === terms.length, 'each term once')
    .default(() => [...CLUSTERING_TERMS]),
};

const defaultSchema = z.strictObject({
  preset: z.literal('default').default('default'),
  ...parts,
  components: size.default(64),
  ridge: z.number().min(0).default(0.015),
  neighbours: size.default(5),
  hiddenUnits: size.default(256),
  latentUnits: size.default(64),
  headUnits: size.default(100),
  contrastEpochs: z.int().min(0).default(6),
  headEpochs: z.int().min(0).default(2),
  epochs: z.int().min(0).default(6),
  leastSteps: z.int().min(0).default(300),
  batchSize: size.default(200),
  runs: size.default(1),
  learningRate: rate.default(1e-3),
  encoderRate: rate.default(1e-4),
  discriminatorRate: rate.default(1e-4),
  contrastTemperature: rate.default(0.5),
  temperature: rate.default(0.5),
  adversaryWeight: z.number().min(0).default(0.1),
  attentionWeight: z.number().min(0).default(1),
  pairWeight: z.number().min(0).default(1),
  filters: size.default(16),
  kernelSize: size.default(5),
  cells: size.default(7),
});

const paperSchema = z.strictObject({
  preset: z.literal('paper'),
  ...parts,
  reading: z.enum(['text', 'code']).default('text'),
  epochs: z.int().min(0).default(100),
  batchSize: size.default(100),
  runs: size.default(20),
  encoderRate: rate.default(1e-3),
  discriminatorRate: rate.default(1e-3),
  attentionRate: rate.default(1e-4),
  headRate: rate.default(1e-5),
  temperature: rate.default(10),
  adversaryWeight: z.number().min(0).default(10),
  generatorSteps: size.default(1),
});

/** Which parts of the method take part, in every preset: Tables 4 and 5 of the paper. */
export interface EamcPartOptions {
  /** Whether discriminators align the latents. @defaultValue true */
  readonly adversary?: boolean;
  /** Whether modalities are weighed by attention; otherwise all weigh the same. @defaultValue true */
  readonly attention?: boolean;
  /** Terms of the clustering loss: Eq. 8 `separation`, Eq. 9 `simplex`, Eq. 10 `orthogonality`. @defaultValue all three */
  readonly terms?: readonly ClusteringTerm[];
}

/** Options of the default preset. */
export interface EamcDefaultOptions extends EamcPartOptions {
  /** @defaultValue 'default' */
  readonly preset?: 'default';
  /** Principal components that encoders see of each modality; no more than there are. @defaultValue 64 */
  readonly components?: number;
  /** Added to the variance of each component before it is scaled to 1, as a share of the whole variance. @defaultValue 0.015 */
  readonly ridge?: number;
  /** Nearest samples among which the partners of each sample are drawn. @defaultValue 5 */
  readonly neighbours?: number;
  /** Units of the first layer of encoders. @defaultValue 256 */
  readonly hiddenUnits?: number;
  /** Features of the latents. @defaultValue 64 */
  readonly latentUnits?: number;
  /** Features of the cluster head, whose kernel the divergences see. @defaultValue 100 */
  readonly headUnits?: number;
  /** Times through the data on the contrast of neighbours, which starts encoders and attention. @defaultValue 6 */
  readonly contrastEpochs?: number;
  /** Times through the data on the clusters of k-means, which start the head. @defaultValue 2 */
  readonly headEpochs?: number;
  /** Times through the data on the method's objective. @defaultValue 6 */
  readonly epochs?: number;
  /** Steps of every stage at least, a quarter of it for the head; a stage of no epochs has none. @defaultValue 300 */
  readonly leastSteps?: number;
  /** Samples a step, before their partners are added; no more than there are. @defaultValue 200 */
  readonly batchSize?: number;
  /** Trainings from different starts, of which that with the smallest clustering loss is kept. @defaultValue 1 */
  readonly runs?: number;
  /** Adam's rate of everything, at the start of a cosine to 0, but of the encoders after their start. @defaultValue 1e-3 */
  readonly learningRate?: number;
  /** Adam's rate of the encoders after their start, likewise. @defaultValue 1e-4 */
  readonly encoderRate?: number;
  /** Adam's rate of the discriminators, constant. @defaultValue 1e-4 */
  readonly discriminatorRate?: number;
  /** Temperature of the contrast. @defaultValue 0.5 */
  readonly contrastTemperature?: number;
  /** Calibration factor tau of the attention; no weight exceeds another by more than `exp(1 / tau)`. @defaultValue 0.5 */
  readonly temperature?: number;
  /** Weight gamma of the adversarial loss. @defaultValue 0.1 */
  readonly adversaryWeight?: number;
  /** Weight of the attention loss, a mean over the kernel's entries. @defaultValue 1 */
  readonly attentionWeight?: number;
  /** Weight of the divergence of neighbours. @defaultValue 1 */
  readonly pairWeight?: number;
  /** Filters of the convolution of images, learned from their patches and fixed. @defaultValue 16 */
  readonly filters?: number;
  /** Side of its kernels, in pixels. @defaultValue 5 */
  readonly kernelSize?: number;
  /** Feature maps are averaged over windows until about this many cells are left along the shorter side. @defaultValue 7 */
  readonly cells?: number;
}

/** Options of the preset that follows the paper and, where it is silent, its public code. */
export interface EamcPaperOptions extends EamcPartOptions {
  readonly preset: 'paper';
  /**
   * Where paper and public code differ, which of them holds. `text`: kernels of the distance itself, sigma 15 % of its median, of the fused
   * latents, sums over pairs divided by k, batch normalisation of the logits, the minimax game. `code`: kernels of the squared distance,
   * sigma^2 15 % of its median, of the head's features, means over pairs, batch normalisation behind the head's ReLU, the non-saturating game.
   *
   * @defaultValue 'text'
   */
  readonly reading?: 'text' | 'code';
  /** Times through the data. The paper does not say; the public code takes 500. This default is ours, for time. @defaultValue 100 */
  readonly epochs?: number;
  /** Samples a step; no more than there are. @defaultValue 100 */
  readonly batchSize?: number;
  /** Trainings from different starts, of which that with the smallest clustering loss is kept. @defaultValue 20 */
  readonly runs?: number;
  /** Adam's rate of the encoders, constant. @defaultValue 1e-3 */
  readonly encoderRate?: number;
  /** Adam's rate of the discriminators. @defaultValue 1e-3 */
  readonly discriminatorRate?: number;
  /** Adam's rate of the attention. @defaultValue 1e-4 */
  readonly attentionRate?: number;
  /** Adam's rate of the cluster head. @defaultValue 1e-5 */
  readonly headRate?: number;
  /** Calibration factor tau of the attention, of the public code. @defaultValue 10 */
  readonly temperature?: number;
  /** Weight gamma of the adversarial loss, of the public code. @defaultValue 10 */
  readonly adversaryWeight?: number;
  /** Steps t of everything else to one of the discriminators. @defaultValue 1 */
  readonly generatorSteps?: number;
}

/** Options of {@link createEamc}; those of another preset are refused. */
export type EamcOptions = EamcDefaultOptions | EamcPaperOptions;

/** {@link EamcDefaultOptions}, checked and complete. */
export type ResolvedDefaultOptions = z.output<typeof defaultSchema>;

/** {@link EamcPaperOptions}, checked and complete. */
export type ResolvedPaperOptions = z.output<typeof paperSchema>;

/** Options of either preset, checked and complete. */
export type ResolvedEamcOptions = ResolvedDefaultOptions | ResolvedPaperOptions;

/**
 * Checks options and fills in the defaults of their preset.
 *
 * @throws CrossmodalError `option` naming the first that is wrong, unknown, or of another preset.
 */
export function resolveEamcOptions(options: object): ResolvedEamcOptions {
  const preset = (options as { readonly preset?: unknown } | null)?.preset;
  const schema = preset === 'paper' ? paperSchema : defaultSchema;
  return parseOptions('createEamc', schema, options);
}
