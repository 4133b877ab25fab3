import type { AlignedMaps, CriticPart, CycleNetwork, CycleTerm, CycleTraining } from '@crossmodal/alignment';
import type { DenseMatrix, Mixed, SampleArray } from '@crossmodal/core';
import type { EncoderPart, FeatureRecipe } from '@crossmodal/encoders';
import type {
  Helpers,
  MethodTypes,
  Overrides,
  PresetOptions,
  Readout,
  Representation,
} from '@crossmodal/method';
import type { Dm2cDefaultOptions, Dm2cPaperOptions } from './options.js';

/** What is decided about mixed data before anything is trained. */
export interface PreparedMixture {
  /** One per modality: how its rows become the features that its encoder sees, and how many these are. */
  readonly recipes: readonly (FeatureRecipe & { readonly size: number })[];
  /** Number of the anchor modality. */
  readonly anchor: number;
  /** Numbers of the modalities that take part in the game and the clustering. */
  readonly informative: readonly number[];
  /** Size of the latents, the same for all modalities. */
  readonly latentSize: number;
  /** The readout that suits the unified latents. */
  readonly suits: 'graph' | 'k-means';
}

/** Features of the samples of one modality. */
export interface MixedSamples {
  readonly name: string;
  /** Shape `[n_v, d_v]`; new samples may be none. */
  readonly x: SampleArray;
}

/** Closed-form maps that a network starts from; `maps` is left out where the generators start at random. */
export type NetworkStart = Omit<AlignedMaps, 'maps'> & Partial<Pick<AlignedMaps, 'maps'>>;

/** What the training needs beside the network. */
export interface GameHelpers extends Helpers {
  /** The training, made by whichever stage comes first: the warm-up of the critics shares their optimiser with the game. */
  training(create: () => CycleTraining): CycleTraining;
}

/** What a network says of mixed samples. */
export interface Dm2cSeen extends Representation, Pick<PreparedMixture, 'anchor' | 'informative' | 'suits'> {
  /** Unified latents of each modality, shape `[n_v, q]`; `embedding` has all of them, modality after modality. */
  readonly latents: readonly DenseMatrix<Float32Array>[];
}

/** Network parts that a caller can replace. */
export interface Dm2cParts {
  /**
   * An encoder per modality, in their order; undefined keeps the recipe's own. Latents must have the recipe's size: `latentSize`, or one less than there
   * are clusters after a match by geometry. Maps to and from its latents start at random.
   */
  readonly encoders: readonly (EncoderPart | undefined)[];
  /** Creates each critic. */
  readonly critic: CriticPart;
}

/** What a fitted model tells beside labels and embedding. */
export interface Dm2cReport {
  /** Name of the anchor modality. */
  readonly anchor: string;
  /** Names of the modalities that took part in training the maps and in the clustering. */
  readonly informative: readonly string[];
}

/** Types of the parts of DM2C. */
export interface Dm2cTypes extends MethodTypes {
  readonly data: Mixed;
  readonly prepared: PreparedMixture;
  readonly samples: readonly MixedSamples[];
  readonly structure: NetworkStart | undefined;
  readonly network: CycleNetwork;
  readonly helpers: GameHelpers;
  readonly seen: Dm2cSeen;
  readonly term: CycleTerm;
  readonly parts: Dm2cParts;
  readonly report: Dm2cReport;
}

/** Parts of a recipe by the preset that they come from, for recipes of your own mixture. */
export interface Dm2cMixture {
  /** Features, anchor, and what the network starts from. @defaultValue that of the preset */
  readonly inputs?: 'default' | 'paper';
  /** Autoencoders, generators and critics. @defaultValue that of the preset */
  readonly network?: 'default' | 'paper';
  /** Rates and schedule of Algorithm 1. @defaultValue that of the preset */
  readonly training?: 'default' | 'paper';
  /**
   * How unified latents are clustered: `k-means` on them, or `graph`, on the spectral coordinates of a self-expression graph of their directions;
   * `auto`: `graph` with one basis for all images, `k-means` otherwise; `paper`: k-means with the paper's starts; or a readout of your own.
   *
   * @defaultValue that of the preset, `auto` or `paper`
   */
  readonly readout?: 'auto' | 'graph' | 'k-means' | 'paper' | Readout<Dm2cSeen>;
}

/** Options of {@link createDm2c}; those of a part that is not in the recipe are refused. */
export type Dm2cOptions = PresetOptions<Dm2cDefaultOptions, Dm2cPaperOptions> &
  Partial<Dm2cParts> &
  Dm2cMixture &
  Overrides<Dm2cTypes>;
