import type { Paired, RandomSource, SampleArray } from '@crossmodal/core';
import type { EncoderPart, FeatureMap } from '@crossmodal/encoders';
import type { MethodTypes, Overrides, Readout, WithMemberships } from '@crossmodal/method';
import type { NearestNeighbours } from '@crossmodal/self-expressive';
import type { TensorsOf } from '@crossmodal/tensors';
import type { PlayerTermAdjustment } from '@crossmodal/training';
import type { EamcNetwork, ModalityAttention } from './network/eamc-network.js';
import type { EamcState } from './network/eamc-state.js';
import type { EamcDefaultOptions, EamcPaperOptions } from './options.js';

/** Samples as the network takes them. */
export interface EamcSamples {
  readonly modalities: readonly {
    /** Features, zeros where absent, shape `[n, d]`. */
    readonly x: SampleArray;
    /** 1 for samples that have the modality, 0 for others, `[n, 1]`; undefined where all samples have it. */
    readonly mask: SampleArray | undefined;
  }[];
}

/** The tensors of one step. */
export type EamcBatch = TensorsOf<EamcSamples>;

/** A replacement of the attention. */
export interface AttentionPart {
  /** Name, by which a saved model asks for it. */
  readonly name: string;
  /** Creates it for latents `[n, q]` of given sizes; the same form at each call with the same random source. */
  create(context: {
    readonly latentSizes: readonly number[];
    readonly random: RandomSource;
  }): ModalityAttention;
}

/** Network parts that a caller can replace. */
export interface EamcParts {
  /** An encoder per modality, from its features to a latent of the recipe's size; undefined keeps the recipe's own. */
  readonly encoders: readonly (EncoderPart | undefined)[];
  /** What weighs the modalities. */
  readonly fusion: AttentionPart;
}

/** What a fitted model tells beside labels, memberships and embedding. */
export interface EamcReport {
  /** What each modality counts, by name, as in Table 6 of the paper: the mean of the attention over all samples; sum 1. */
  readonly modalityWeights: Readonly<Record<string, number>>;
  /** Clustering loss of each run, of which the smallest was kept; infinite where it diverged; empty when there was one, or a recovery finished the first. */
  readonly runLosses: readonly number[];
}

/** Types of the parts of EAMC. */
export interface EamcTypes extends MethodTypes {
  readonly data: Paired;
  readonly prepared: readonly FeatureMap[];
  readonly samples: EamcSamples;
  /** Neighbours of each sample, where the training looks for them. */
  readonly structure: NearestNeighbours | undefined;
  readonly network: EamcNetwork;
  readonly seen: WithMemberships;
  readonly term: PlayerTermAdjustment<EamcState>;
  readonly parts: EamcParts;
  readonly report: EamcReport;
}

/** Parts of a recipe by the preset that they come from, for recipes of your own mixture. */
export interface EamcMixture {
  /** Whitened features of a fixed convolution, or scaled samples. @defaultValue that of the preset */
  readonly inputs?: 'default' | 'paper';
  /** Layers of encoders, attention, head and discriminators. @defaultValue that of the preset */
  readonly network?: 'default' | 'paper';
  /** With a start from neighbours and k-means, or from random weights in several runs. @defaultValue that of the preset */
  readonly training?: 'default' | 'paper';
}

/** Parts of your own, beside the options. */
export interface EamcOverrides extends Overrides<EamcTypes> {
  /** Encoders of your own, by modality. @defaultValue those of the recipe */
  readonly encoders?: EamcParts['encoders'];
  /** In place of the attention; the options `attention` and `temperature` mean nothing beside it. @defaultValue the recipe's attention */
  readonly fusion?: AttentionPart;
  /** How the representation becomes clusters. @defaultValue the likeliest membership */
  readonly readout?: Readout<EamcTypes['seen']>;
}

type Mixed = Omit<EamcDefaultOptions, 'preset'> &
  Omit<EamcPaperOptions, 'preset'> & { readonly preset?: 'default' | 'paper' };

type SomeMixture = {
  readonly [Part in keyof EamcMixture]-?: Required<Pick<EamcMixture, Part>>;
}[keyof EamcMixture];

/** Options of {@link createEamc}; those of a part that is not in the recipe are refused. */
export type EamcOptions = (EamcDefaultOptions | EamcPaperOptions | (Mixed & SomeMixture)) &
  EamcMixture &
  EamcOverrides;
