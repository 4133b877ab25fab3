import type { RandomSource } from '@crossmodal/core';
import type { EncoderPart } from '@crossmodal/encoders';
import type { Fusion } from '@crossmodal/fusion';
import type { Overrides, Readout } from '@crossmodal/method';
import type { SubspaceTypes } from '@crossmodal/subspace';
import type { DmscDefaultOptions, DmscPaperOptions } from './options.js';

/** A fusion of the caller's own. */
export interface FusionPart {
  /** Name, by which a saved model asks for it. */
  readonly name: string;
  /** Creates encoders and decoders for modalities of given shapes, `[d]` or `[height, width, channels]`. */
  create(context: { readonly shapes: readonly (readonly number[])[]; readonly random: RandomSource }): Fusion;
}

/** Network parts that a caller can replace. */
export interface DmscParts {
  /** An encoder per modality, in their order; undefined keeps the recipe's own. With fusion `affinity` only. */
  readonly encoders: readonly (EncoderPart | undefined)[];
  /** Encoders, decoders and the place where they meet. */
  readonly fusion: FusionPart;
}

/** Types of the parts of DMSC. */
export interface DmscTypes extends SubspaceTypes {
  readonly parts: DmscParts;
}

/** Parts of a recipe by the preset that they come from, for recipes of your own mixture. */
export interface DmscMixture {
  /** How modalities are scaled. @defaultValue that of the preset */
  readonly inputs?: 'default' | 'paper';
  /** Encoders and decoders. @defaultValue that of the preset */
  readonly network?: 'default' | 'paper';
  /** Block coordinates with exact coefficients, or all variables together with trained ones. @defaultValue that of the preset */
  readonly training?: 'default' | 'paper';
  /** Graphs of exact coefficients, the trained coefficients, or a readout of your own. @defaultValue that of the preset */
  readonly readout?: 'default' | 'paper' | Readout<DmscTypes['seen']>;
}

/** Options of {@link createDmsc}; those of a part that is not in the recipe are refused. */
export type DmscOptions = Omit<DmscDefaultOptions, 'preset' | 'fusion'> &
  Omit<DmscPaperOptions, 'preset' | 'fusion'> & {
    readonly preset?: 'default' | 'paper';
    readonly fusion?: NonNullable<DmscDefaultOptions['fusion']> | FusionPart;
    readonly encoders?: DmscParts['encoders'];
  } & DmscMixture &
  Overrides<DmscTypes>;
