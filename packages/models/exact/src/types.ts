import type { InputDescription, Paired } from '@crossmodal/core';
import type { GraphReport, LatentRows, MethodTypes, Readout, SeenLatents } from '@crossmodal/method';
import type { FittedTransform } from '@crossmodal/transforms';
import type { ExactPlainOptions } from './options.js';

/** What is learned of the modalities. */
export interface ExactPrepared {
  /** The modalities given. */
  readonly modalities: readonly InputDescription[];
  /** Of their features, then of the histograms that are added. */
  readonly transforms: readonly FittedTransform[];
}

/** Types of the parts of `exact`. */
export interface ExactTypes extends MethodTypes {
  readonly data: Paired;
  readonly prepared: ExactPrepared;
  /** Prepared features, one entry per modality. */
  readonly samples: readonly LatentRows[];
  readonly structure: undefined;
  readonly seen: SeenLatents;
  readonly term: never;
  readonly report: GraphReport;
}

/** Options of {@link createExact}. */
export type ExactOptions = ExactPlainOptions & {
  /** A readout of your own, such as `kMeansReadout()`. @defaultValue graphs of exact coefficients */
  readonly readout?: Readout<SeenLatents>;
};
