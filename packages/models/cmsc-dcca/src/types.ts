import type { Encoder, EncoderPart, Layer } from '@crossmodal/encoders';
import type { Fusion } from '@crossmodal/fusion';
import type { Overrides, PresetOptions, Readout } from '@crossmodal/method';
import type { SubspaceTypes } from '@crossmodal/subspace';
import type { CmscDccaDefaultOptions, CmscDccaPaperOptions } from './options.js';

/** One autoencoder per modality, whose encoders end in a dense layer. */
export interface CmscDccaNetwork extends Fusion {
  /** Each encoder up to its dense layer. */
  readonly fronts: readonly Encoder[];
  /** The dense layers that make the latents: kernel and offsets. */
  readonly heads: readonly Layer[];
}

/** Network parts that a caller can replace. */
export interface CmscDccaParts {
  /** What comes before the dense layer of each modality, in their order; undefined keeps the recipe's own. */
  readonly encoders: readonly (EncoderPart | undefined)[];
}

/** Types of the parts of CMSC-DCCA. */
export interface CmscDccaTypes extends SubspaceTypes {
  readonly network: CmscDccaNetwork;
  readonly parts: CmscDccaParts;
}

/** Parts of a recipe by the preset that they come from, for recipes of your own mixture. */
export interface CmscDccaMixture {
  /** Encoders and decoders. @defaultValue that of the preset */
  readonly network?: 'default' | 'paper';
  /** Block coordinates with exact coefficients, or all variables together with trained ones. @defaultValue that of the preset */
  readonly training?: 'default' | 'paper';
  /** Graphs of exact coefficients, the trained coefficients, or a readout of your own. @defaultValue that of the preset */
  readonly readout?: 'default' | 'paper' | Readout<CmscDccaTypes['seen']>;
}

/** Options of {@link createCmscDcca}; those of a part that is not in the recipe are refused. */
export type CmscDccaOptions = PresetOptions<CmscDccaDefaultOptions, CmscDccaPaperOptions> &
  Partial<CmscDccaParts> &
  CmscDccaMixture &
  Overrides<CmscDccaTypes>;
