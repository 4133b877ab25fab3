import { parseOptions } from '@crossmodal/core';
import * as z from 'zod';

const where = 'createDmim';

const ablations = {
  reduction: z.enum(['pca', 'pad']).default('pca'),
  width: z.int().min(1).default(100),
  overclustering: z.boolean().default(true),
  overclusteringFactor: z.int().min(1).default(10),
  codes: z.enum(['features', 'samples']).default('features'),
  superfluous: z.enum(['gaussian', 'categorical', 'none']).default('gaussian'),
  uniform: z.enum(['targets', 'none']).default('targets'),
};

const defaultSchema = z.strictObject({
  preset: z.literal('default').default('default'),
  ...ablations,
  filters: z.int().min(1).default(16),
  kernelSize: z.int().min(1).default(5),
  cells: z.int().min(1).default(7),
  align: z.boolean().default(true),
  units: z.int().min(1).default(128),
  superfluousWeight: z.number().positive().default(0.02),
  targetWeight: z.number().min(0).default(1),
  refreshEvery: z.int().min(1).default(20),
  targetPower: z.number().positive().default(2),
  neighbours: z.int().min(0).default(10),
  walk: z.int().min(1).default(4),
  finalWalk: z.int().min(1).default(3),
  start: z.enum(['means', 'random']).default('means'),
  overclusteringSteps: z.int().min(0).default(80),
  restarts: z.int().min(1).default(1),
  steps: z.int().min(0).default(100),
  batchSize: z.int().min(2).default(500),
  learningRate: z.number().positive().default(2e-3),
});

const paperSchema = z.strictObject({
  preset: z.literal('paper'),
  ...ablations,
  superfluousWeight: z.number().positive().default(1),
  targetWeight: z.number().min(0).default(0.5),
  refreshEvery: z.int().min(1).default(5),
  targetPower: z.number().positive().default(10),
  steps: z.int().min(0).default(500),
  batchSize: z.int().min(2).optional(),
  learningRate: z.number().positive().default(5e-5),
});

/** What every preset takes: the common width, and the ablations of the paper. */
export interface DmimSharedOptions {
  /**
   * How modalities come to the common width of the shared encoder: `pca`, by principal components, as in the paper; `pad`, with zeros up to
   * the widest.
   *
   * @defaultValue 'pca'
   */
  readonly reduction?: 'pca' | 'pad';
  /** Principal components of each modality, at most; without effect on `pad`. @defaultValue 100 */
  readonly width?: number;
  /** Whether there is an overclustering head; without it, the row "without Over" of Table 3. @defaultValue true */
  readonly overclustering?: boolean;
  /** Clusters of the overclustering head, in numbers of clusters, as on the axis of Figure 4. @defaultValue 10 */
  readonly overclusteringFactor?: number;
  /**
   * What the clustering heads see: `features` of the shared encoder, as in the public code, or `samples` of the Gaussian codes (Eq. 11), so that
   * the bound of Eq. 12 limits what they can know.
   *
   * @defaultValue 'features'
   */
  readonly codes?: 'features' | 'samples';
  /**
   * The bound of superfluous information: `gaussian`, Eq. 9 to 12 with a standard Gaussian prior; `categorical`, as the public code has it,
   * `KL(softmax(noise) || softmax(z))` averaged over all entries; `none`, the row "without SIE" of Table 3.
   *
   * @defaultValue 'gaussian'
   */
  readonly superfluous?: 'gaussian' | 'categorical' | 'none';
  /**
   * How clusters are kept even (Eq. 13): `targets`, by cross-entropy to targets that Sinkhorn's scaling has balanced, as in the public code;
   * `none`: the paper's preset has no such term then, and the default's targets are not balanced.
   *
   * @defaultValue 'targets'
   */
  readonly uniform?: 'targets' | 'none';
  /** Weight of the cross-entropy to targets. @defaultValue 1, and 0.5 in the paper's preset */
  readonly targetWeight?: number;
  /** Steps between two computations of the targets. @defaultValue 20, and 5 in the paper's preset */
  readonly refreshEvery?: number;
  /** Power of the memberships in the targets. @defaultValue 2, and 10 in the paper's preset */
  readonly targetPower?: number;
}

/** Options of the default preset. */
export interface DmimDefaultOptions extends DmimSharedOptions {
  /** @defaultValue 'default' */
  readonly preset?: 'default';
  /** Filters of the untrained convolution of images. @defaultValue 16 */
  readonly filters?: number;
  /** Side of its kernels, in pixels. @defaultValue 5 */
  readonly kernelSize?: number;
  /** Feature maps are averaged over windows until about this many cells are left along the shorter side. @defaultValue 7 */
  readonly cells?: number;
  /** Whether modalities are rotated onto the one that shares most, so that one encoder suits all. Only with `pca`. @defaultValue true */
  readonly align?: boolean;
  /** Units of the two layers of the shared encoder. @defaultValue 128 */
  readonly units?: number;
  /** Weight of the bound of superfluous information, a mean over entries. @defaultValue 0.02 */
  readonly superfluousWeight?: number;
  /** Nearest neighbours that a step of the walk to a positive partner may go to; 0 pairs every object with itself, as the paper does. @defaultValue 10 */
  readonly neighbours?: number;
  /** Steps of that walk when the training of the overclustering head starts. @defaultValue 4 */
  readonly walk?: number;
  /** Steps of the walk when that training ends, and after. @defaultValue 3 */
  readonly finalWalk?: number;
  /**
   * Where the overclustering head starts: `means`, at the means of as many small clusters, which k-means finds in inputs that are averaged over
   * modalities and neighbours; `random`, at random weights, as in the paper, which needs some hundred steps and several `restarts`.
   *
   * @defaultValue 'means'
   */
  readonly start?: 'means' | 'random';
  /** Training steps of the overclustering head, a start, whatever the number of objects; 0 leaves that stage out, `start` and `restarts` with it. @defaultValue 80 */
  readonly overclusteringSteps?: number;
  /** Starts of that training; the one whose merged clusters tell most about those of neighbours goes on. @defaultValue 1 */
  readonly restarts?: number;
  /** Training steps of both heads that follow. @defaultValue 100 */
  readonly steps?: number;
  /** Objects a step, about; mutual information needs many. @defaultValue 500 */
  readonly batchSize?: number;
  /** Adam's rate at the start of a cosine to 0. @defaultValue 2e-3 */
  readonly learningRate?: number;
}

/** Options of the paper's preset. */
export interface DmimPaperOptions extends DmimSharedOptions {
  /** The paper's values, and those of the authors' code where the paper is silent. */
  readonly preset: 'paper';
  /** Weight of the bound of superfluous information. @defaultValue 1 */
  readonly superfluousWeight?: number;
  /** Training steps, whatever the batch size. @defaultValue 500 */
  readonly steps?: number;
  /** Objects a step. @defaultValue all */
  readonly batchSize?: number;
  /** Adam's rate; the public code has 5e-4. @defaultValue 5e-5 */
  readonly learningRate?: number;
}

/** Options of {@link createDmim}; those of another preset are refused. */
export type DmimOptions = DmimDefaultOptions | DmimPaperOptions;

/** {@link DmimDefaultOptions}, checked and complete. */
export type ResolvedDefaultOptions = z.output<typeof defaultSchema>;

/** {@link DmimPaperOptions}, checked and complete. */
export type ResolvedPaperOptions = z.output<typeof paperSchema>;

/** Options of either preset, checked. */
export type ResolvedDmimOptions = ResolvedDefaultOptions | ResolvedPaperOptions;

/**
 * Checks options and fills in the defaults of their preset.
 *
 * @throws CrossmodalError `option` naming the first that is wrong, unknown, or of another preset.
 */
export function resolveDmimOptions(options: object): ResolvedDmimOptions {
  const preset = (options as { readonly preset?: unknown } | null)?.preset;
  return parseOptions(where, preset === 'paper' ? paperSchema : defaultSchema, options);
}
