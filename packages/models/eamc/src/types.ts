import type { Paired, RandomSource, SampleArray } from '@crossmodal/core';
import type { EncoderPart, FeatureMap } from '@crossmodal/encoders';
import type { AttentionFusion } from '@crossmodal/fusion';
import type { MethodTypes, Overrides, Readout, WithMemberships } from '@crossmodal/method';
import type { NearestNeighbours } from '@crossmodal/self-expressive';
import type { Module, TensorsOf } from '@crossmodal/tensors';
import type { PlayerTermAdjustment } from '@crossmodal/training';
import type { EamcNetwork } from './network/create-network.js';
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

/** Learns how much each modality counts, for each sample (`scores`) and for a batch (`weights`). */
export type ModalityAttention = Module & Pick<AttentionFusion, 'scores' | 'weights'>;

/** A replacement of the attention. */
export interface FusionPart {
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
  readonly fusion: FusionPart;
}

/** What a fitted model tells beside labels, memberships and embedding. */
export interface EamcReport {
  /** What each modality counts, by name, as in Table 6 of the paper: the mean of the attention over all samples; sum 1. */
  readonly modalityWeights: Readonly<Record<string, number>>;
  /** Clustering loss of each run, of which the smallest was kept; infinite where it diverged; empty when there was one run. */
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
  readonly fusion?: FusionPart;
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
