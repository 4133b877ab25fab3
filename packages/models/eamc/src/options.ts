import type { OptionsOf } from '@crossmodal/method';
import * as z from 'zod';

const size = z.int().min(1);
const count = z.int().min(0);
const rate = z.number().positive();
const weight = z.number().min(0);

/** Which parts of the method take part, in every recipe: Table 4 of the paper. */
export const partOptions = {
  /** Whether discriminators align the latents. @defaultValue true */
  adversary: z.boolean().default(true),
  /** Whether modalities are weighed by attention; otherwise all weigh the same. @defaultValue true */
  attention: z.boolean().default(true),
};

/** Options of the default inputs. */
export const inputOptions = {
  /** Principal components that encoders see of each modality; no more than there are. @defaultValue 64 */
  components: size.default(64),
  /** Added to the variance of each component before it is scaled to 1, as a share of the whole variance. @defaultValue 0.015 */
  ridge: z.number().min(0).default(0.015),
  /** Filters of the convolution of images, learned from their patches and fixed. @defaultValue 16 */
  filters: size.default(16),
  /** Side of its kernels, in pixels. @defaultValue 5 */
  kernelSize: size.default(5),
  /** Feature maps are averaged over windows until about this many cells are left along the shorter side. @defaultValue 7 */
  cells: size.default(7),
};

/** Options of the default network. */
export const networkOptions = {
  /** Units of the first layer of encoders. @defaultValue 256 */
  hiddenUnits: size.default(256),
  /** Features of the latents. @defaultValue 64 */
  latentUnits: size.default(64),
  /** Features of the cluster head, whose kernel the divergences see. @defaultValue 100 */
  headUnits: size.default(100),
  /** Calibration factor tau of the attention; no weight exceeds another by more than `exp(1 / tau)`. @defaultValue 0.5 */
  temperature: rate.default(0.5),
};

/** Options of the default training. */
export const trainingOptions = {
  /** Nearest samples among which the partners of each sample are drawn. @defaultValue 5 */
  neighbours: size.default(5),
  /** Times through the data on the contrast of neighbours, which starts encoders and attention. @defaultValue 6 */
  contrastEpochs: count.default(6),
  /** Times through the data on the clusters of k-means, which start the head. @defaultValue 2 */
  headEpochs: count.default(2),
  /** Times through the data on the method's objective. @defaultValue 6 */
  epochs: count.default(6),
  /** Steps of every stage at least, a quarter of it for the head; a stage of no epochs has none. @defaultValue 300 */
  leastSteps: count.default(300),
  /** Samples per step, before their partners are added; no more than there are. @defaultValue 200 */
  batchSize: size.default(200),
  /** Trainings from different starts, of which that with the smallest clustering loss is kept. @defaultValue 1 */
  runs: size.default(1),
  /** Adam's rate of everything but discriminators, at the start of a cosine to 0; of the encoders before the game alone. @defaultValue 1e-3 */
  learningRate: rate.default(1e-3),
  /** Adam's rate of the encoders after their start, likewise. @defaultValue 1e-4 */
  encoderRate: rate.default(1e-4),
  /** Adam's rate of the discriminators, constant. @defaultValue 1e-4 */
  discriminatorRate: rate.default(1e-4),
  /** Temperature of the contrast. @defaultValue 0.5 */
  contrastTemperature: rate.default(0.5),
  /** Weight gamma of the adversarial loss. @defaultValue 0.1 */
  adversaryWeight: weight.default(0.1),
  /** Weight of the attention loss, a mean over the kernel's entries. @defaultValue 1 */
  attentionWeight: weight.default(1),
  /** Weight of the divergence of neighbours. @defaultValue 1 */
  pairWeight: weight.default(1),
};

const reading = z.enum(['text', 'code']).default('text');

/** Options of the paper's network. */
export const paperNetworkOptions = {
  /** Which of paper and public code holds where they differ: batch normalisation of the logits, or behind the head's ReLU. @defaultValue 'text' */
  reading,
  /** Calibration factor tau of the attention, of the public code. @defaultValue 10 */
  temperature: rate.default(10),
};

/** Options of the paper's training. */
export const paperTrainingOptions = {
  /**
   * Which of paper and public code holds where they differ. `text`: kernels of the distance itself, sigma 15 % of its median, of the fused
   * latents, sums over pairs divided by k, the minimax game. `code`: kernels of the squared distance, sigma^2 15 % of its median, of the
   * head's features, means over pairs, the non-saturating game.
   *
   * @defaultValue 'text'
   */
  reading,
  /** Times through the data. The paper does not say; the public code takes 500. This default is ours, for time. @defaultValue 100 */
  epochs: count.default(100),
  /** Samples per step; no more than there are. @defaultValue 100 */
  batchSize: size.default(100),
  /** Trainings from different starts, of which that with the smallest clustering loss is kept. @defaultValue 20 */
  runs: size.default(20),
  /** Adam's rate of the encoders, constant. @defaultValue 1e-3 */
  encoderRate: rate.default(1e-3),
  /** Adam's rate of the discriminators. @defaultValue 1e-3 */
  discriminatorRate: rate.default(1e-3),
  /** Adam's rate of the attention. @defaultValue 1e-4 */
  attentionRate: rate.default(1e-4),
  /** Adam's rate of the cluster head. @defaultValue 1e-5 */
  headRate: rate.default(1e-5),
  /** Weight gamma of the adversarial loss, of the public code. @defaultValue 10 */
  adversaryWeight: weight.default(10),
  /** Steps t of everything else to one of the discriminators. @defaultValue 1 */
  generatorSteps: size.default(1),
};

/** Options of the default recipe. */
export type EamcDefaultOptions = { readonly preset?: 'default' } & OptionsOf<
  typeof partOptions & typeof inputOptions & typeof networkOptions & typeof trainingOptions
>;

/** Options of the recipe that follows the paper and, where it is silent, its public code. */
export type EamcPaperOptions = { readonly preset: 'paper' } & OptionsOf<
  typeof partOptions & typeof paperNetworkOptions & typeof paperTrainingOptions
>;
