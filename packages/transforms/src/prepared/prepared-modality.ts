import type { DenseMatrix, ImageModality, Modality } from '@crossmodal/core';
import { fitSqc } from '../scaling/sqc.js';
import type { FittedTransform, FitTransformOptions } from '../fitted/fitted-transform.js';

/** One modality after its features are prepared: what new samples are compared with. */
export interface PreparedModality {
  readonly name: string;
  /** Maps raw features to the prepared ones. */
  readonly transform: FittedTransform;
  /** Features of a raw row; left out where there are as many as prepared ones. */
  readonly columns?: number;
  /** Prepared features of the training rows, unit length, zero where absent, shape `[n, d]`. */
  readonly features: DenseMatrix<Float32Array>;
  /** 1 where the row is present, length `n`; left out when all are. */
  readonly present?: Uint8Array;
  /** Size of one image; left out where the modality is of vectors. */
  readonly image?: Pick<ImageModality, 'height' | 'width' | 'channels'>;
}

/** Options of {@link prepareModality}. */
export interface PrepareModalityOptions {
  /** Fits what prepares the features. @defaultValue `fitSqc`: signed square root, unit rows, centring and unit rows again */
  readonly fit?: (features: DenseMatrix, options: FitTransformOptions) => FittedTransform;
}

/** Prepares a modality by a transform fitted on the rows that are present. */
export function prepareModality(modality: Modality, options: PrepareModalityOptions = {}): PreparedModality {
  const { name, features } = modality;
  const present = modality.present?.every((flag) => flag !== 0) === true ? undefined : modality.present;
  const { fit = fitSqc } = options;
  const transform = fit(features, { present });
  const image = imageSize(modality);
  const prepared = transform.apply(features, present);
  return {
    name,
    transform,
    ...(prepared.columns === features.columns ? {} : { columns: features.columns }),
    features: prepared,
    ...(present ? { present } : {}),
    ...(image ? { image } : {}),
  };
}

function imageSize(modality: Modality): PreparedModality['image'] {
  if (modality.kind === 'vectors') return undefined;
  const { height, width, channels } = modality;
  return { height, width, channels };
}
