import type { DenseMatrix, Paired, SampleArray } from '@crossmodal/core';
import type { ClusteringNetwork, FrontEnd, SharedEncoderPart } from '@crossmodal/encoders';
import type {
  Helpers,
  MethodTypes,
  Overrides,
  PresetOptions,
  Readout,
  WithMemberships,
} from '@crossmodal/method';
import type { NearestNeighbours } from '@crossmodal/self-expressive';
import type { PlayerTermAdjustment } from '@crossmodal/training';
import type { NetworkInput } from '@crossmodal/transforms';
import type { DmimDefaultOptions, DmimPaperOptions } from './options.js';
import type { DmimState } from './training/dmim-state.js';

/** How one modality comes to the shared encoder. */
export interface DmimInput {
  /** What images go through first, with the default inputs. */
  readonly frontEnd?: FrontEnd | undefined;
  /** From there, or from the features as given, to the encoder's input. */
  readonly reduction: NetworkInput;
  /** Features of the encoder's input. */
  readonly size: number;
}

/** What is learned of the modalities before training. */
export interface DmimPrepared {
  /** Of every modality of the fit. */
  readonly inputs: readonly DmimInput[];
  /** Weights of the modalities, by which memberships are averaged; those of weight 0 are not in the network. */
  readonly weights: readonly number[];
}

/** Samples of a modality that is in the network. */
export interface DmimSamples {
  /** Name of the modality. */
  readonly name: string;
  /** Inputs of the encoder, shape `[n, d]`; absent rows are zero. */
  readonly x: SampleArray;
  /** 1 where the row is present, length `n`; left out when all are. */
  readonly present: Uint8Array | undefined;
  /** Weight of the modality in means over modalities. */
  readonly weight: number;
}

/** What is known of the training samples besides. */
export interface DmimStructure {
  /** Nearest neighbours in each modality of the network, where partners are drawn; without them objects are their own partners. */
  readonly neighbours?: readonly NearestNeighbours[] | undefined;
  /** Pairs of the network's modalities that share something, and how much they count. */
  readonly pairs: readonly WeightedPair[];
}

/** A pair of modalities, by their places in the network, whose mutual information is maximised. */
export interface WeightedPair {
  readonly first: number;
  readonly second: number;
  readonly weight: number;
}

/** What the stages of the training hand on. */
export interface DmimHelpers extends Helpers {
  /** Memberships of the merged overclusters, shape `[n, k]`, from which the clustering head starts. */
  merged?: DenseMatrix<Float32Array>;
}

/** What the network says of samples in one modality. */
export interface ModalityReading {
  /** Of the clustering head, shape `[n, k]`. */
  readonly memberships: DenseMatrix<Float32Array>;
  /** Of the overclustering head, shape `[n, factor k]`. */
  readonly overMemberships?: DenseMatrix<Float32Array>;
  /** What the heads saw, shape `[n, units]`. */
  readonly latent: DenseMatrix<Float32Array>;
}

/** What the network says of samples: means of memberships and latents over modalities, and each modality by itself. */
export interface DmimSeen extends WithMemberships {
  /** One per modality of the network. */
  readonly modalities: readonly ModalityReading[];
}

/** Network parts that a caller can replace. */
export interface DmimParts {
  /** The encoder that all modalities go through; the heads are as wide as what it gives. */
  readonly encoder: SharedEncoderPart;
}

/** What a fitted model tells beside labels, memberships and embedding. */
export interface DmimReport {
  /** Weight of each modality in means over modalities, by name; they sum to 1, and a modality that shares nothing has 0. */
  readonly modalityWeights: Readonly<Record<string, number>>;
}

/** Types of the parts of DMIM. */
export interface DmimTypes extends MethodTypes {
  readonly data: Paired;
  readonly prepared: DmimPrepared;
  readonly samples: readonly DmimSamples[];
  readonly structure: DmimStructure;
  readonly network: ClusteringNetwork;
  readonly helpers: DmimHelpers;
  readonly seen: DmimSeen;
  readonly term: PlayerTermAdjustment<DmimState>;
  readonly parts: DmimParts;
  readonly report: DmimReport;
}

/** Parts of a recipe by the preset that they come from, for recipes of your own mixture. */
export interface DmimMixture {
  /** Features, weights and neighbours of modalities. @defaultValue that of the preset */
  readonly inputs?: 'default' | 'paper';
  /** Shared encoder and heads. @defaultValue that of the preset */
  readonly network?: 'default' | 'paper';
  /** Overclusters first and partners by walks, or both heads at once and every object its own partner. @defaultValue that of the preset */
  readonly training?: 'default' | 'paper';
  /** A readout of your own. @defaultValue the likeliest cluster of the mean memberships */
  readonly readout?: Readout<DmimSeen>;
}

/** Options of {@link createDmim}; those of a part that is not in the recipe are refused. */
export type DmimOptions = PresetOptions<DmimDefaultOptions, DmimPaperOptions> &
  Partial<DmimParts> &
  DmimMixture &
  Overrides<DmimTypes>;
