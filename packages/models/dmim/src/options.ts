import type { OptionsOf, ResolvedOptions } from '@crossmodal/method';
import * as z from 'zod';

/** Options of every kind of inputs. */
export const inputOptions = {
  /**
   * How modalities come to the common width of the shared encoder: `pca`, by principal components, as in the paper; `pad`, with zeros up to
   * the widest.
   *
   * @defaultValue 'pca'
   */
  reduction: z.enum(['pca', 'pad']).default('pca'),
  /** Principal components of each modality, at most; not with `pad`. @defaultValue 100 */
  width: z.int().min(1).default(100),
};

/** What networks and trainings have in common: the ablations of the paper. */
export const headOptions = {
  /** Whether there is an overclustering head; without it, the row "without Over" of Table 3. @defaultValue true */
  overclustering: z.boolean().default(true),
  /**
   * What the clustering heads see: `features` of the shared encoder, as in the public code, or `samples` of the Gaussian codes (Eq. 11), so that
   * the bound of Eq. 12 limits what they can know.
   *
   * @defaultValue 'features'
   */
  codes: z.enum(['features', 'samples']).default('features'),
  /**
   * The bound of superfluous information: `gaussian`, Eq. 9 to 12 with a standard Gaussian prior; `categorical`, as the public code has it,
   * `KL(softmax(noise) || softmax(z))` averaged over all entries; `none`, the row "without SIE" of Table 3.
   *
   * @defaultValue 'gaussian'
   */
  superfluous: z.enum(['gaussian', 'categorical', 'none']).default('gaussian'),
};

/** {@link headOptions}, checked and complete. */
export type HeadOptions = ResolvedOptions<typeof headOptions>;

/** Options of every network. */
export const networkOptions = {
  ...headOptions,
  /** Clusters of the overclustering head, in numbers of clusters, as on the axis of Figure 4. @defaultValue 10 */
  overclusteringFactor: z.int().min(1).default(10),
};

/** Options of every training. */
export const objectiveOptions = {
  ...headOptions,
  /**
   * How clusters are kept even (Eq. 13): `targets`, by cross-entropy to targets that Sinkhorn's scaling has balanced, as in the public code;
   * `none`: the paper's training has no such term then, and the default's targets are not balanced.
   *
   * @defaultValue 'targets'
   */
  uniform: z.enum(['targets', 'none']).default('targets'),
};

/** Options of the default inputs. */
export const defaultInputOptions = {
  ...inputOptions,
  /** Filters of the untrained convolution of images. @defaultValue 16 */
  filters: z.int().min(1).default(16),
  /** Side of its kernels, in pixels. @defaultValue 5 */
  kernelSize: z.int().min(1).default(5),
  /** Feature maps are averaged over windows until about this many cells are left along the shorter side. @defaultValue 7 */
  cells: z.int().min(1).default(7),
  /** Whether modalities are rotated onto the one that shares most, so that one encoder suits all. Only with `pca`. @defaultValue true */
  align: z.boolean().default(true),
  /** Nearest neighbours that a step of the walk to a positive partner may go to; 0 pairs every object with itself, as the paper does. @defaultValue 10 */
  neighbours: z.int().min(0).default(10),
};

/** Options of the default network. */
export const defaultNetworkOptions = {
  ...networkOptions,
  /** Units of the two layers of the shared encoder; not with an `encoder` of your own. @defaultValue 128 */
  units: z.int().min(1).default(128),
};

/** Options of the default training. */
export const defaultTrainingOptions = {
  ...objectiveOptions,
  /** Weight of the bound of superfluous information, a mean over entries. @defaultValue 0.02 */
  superfluousWeight: z.number().positive().default(0.02),
  /** Weight of the cross-entropy to targets. @defaultValue 1 */
  targetWeight: z.number().min(0).default(1),
  /** Steps between two computations of the targets. @defaultValue 20 */
  refreshEvery: z.int().min(1).default(20),
  /** Power of the memberships in the targets. @defaultValue 2 */
  targetPower: z.number().positive().default(2),
  /** Steps of the walk to a partner when the training of the overclustering head starts; objects without neighbours have none. @defaultValue 4 */
  walk: z.int().min(1).default(4),
  /** Steps of the walk when that training ends, and after. @defaultValue 3 */
  finalWalk: z.int().min(1).default(3),
  /**
   * Where the overclustering head starts: `means`, at the means of as many small clusters, which k-means finds in inputs that are averaged over
   * modalities and neighbours; `random`, at random weights, as in the paper, which needs some hundred steps and several `restarts`.
   *
   * @defaultValue 'means'
   */
  start: z.enum(['means', 'random']).default('means'),
  /** Training steps of the overclustering head per start, whatever the number of objects; 0 leaves that stage out, `start` and `restarts` with it. @defaultValue 80 */
  overclusteringSteps: z.int().min(0).default(80),
  /** Starts of that training; the one whose merged clusters tell most about those of neighbours goes on. @defaultValue 1 */
  restarts: z.int().min(1).default(1),
  /** Training steps of both heads that follow. @defaultValue 100 */
  steps: z.int().min(0).default(100),
  /** Objects per step; mutual information needs many. @defaultValue 500 */
  batchSize: z.int().min(2).default(500),
  /** Adam's rate at the start of a cosine to 0. @defaultValue 2e-3 */
  learningRate: z.number().positive().default(2e-3),
};

/** Options of the paper's training. */
export const paperTrainingOptions = {
  ...objectiveOptions,
  /** Weight of the bound of superfluous information. @defaultValue 1 */
  superfluousWeight: z.number().positive().default(1),
  /** Weight of the cross-entropy to targets. @defaultValue 0.5 */
  targetWeight: z.number().min(0).default(0.5),
  /** Steps between two computations of the targets. @defaultValue 5 */
  refreshEvery: z.int().min(1).default(5),
  /** Power of the memberships in the targets. @defaultValue 10 */
  targetPower: z.number().positive().default(10),
  /** Training steps, whatever the batch size. @defaultValue 500 */
  steps: z.int().min(0).default(500),
  /** Objects per step. @defaultValue all */
  batchSize: z.int().min(2).optional(),
  /** Adam's rate; the public code has 5e-4. @defaultValue 5e-5 */
  learningRate: z.number().positive().default(5e-5),
};

/** What every recipe takes: the common width, and the ablations of the paper. */
export type DmimSharedOptions = OptionsOf<
  typeof inputOptions & typeof networkOptions & typeof objectiveOptions
>;

/** Options of the default recipe. */
export type DmimDefaultOptions = { readonly preset?: 'default' } & OptionsOf<
  typeof defaultInputOptions & typeof defaultNetworkOptions & typeof defaultTrainingOptions
>;

/** Options of the recipe that follows the paper and, where it is silent, the authors' code. */
export type DmimPaperOptions = { readonly preset: 'paper' } & OptionsOf<
  typeof inputOptions & typeof networkOptions & typeof paperTrainingOptions
>;
