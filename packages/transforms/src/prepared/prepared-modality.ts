import { CrossmodalError, type DenseMatrix, type ImageModality, type Modality } from '@crossmodal/core';
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

/**
 * Puts modalities of new samples in the order of the fitted ones.
 *
 * @throws CrossmodalError `shape` when names or dimensions differ, or images have another size or come as vectors, or the reverse.
 */
export function matchModalities(
  fitted: readonly PreparedModality[],
  given: readonly Modality[],
): readonly Modality[] {
  const names = fitted.map((modality) => modality.name);
  const refuse = (received: string) =>
    new CrossmodalError({
      code: 'shape',
      where: 'predict',
      expected: `the modalities ${names.join(', ')}, as in the fit`,
      received,
      advice: 'Mark rows as absent where a new sample lacks a modality.',
    });
  if (given.length !== fitted.length) throw refuse(given.map((modality) => modality.name).join(', '));
  return fitted.map(({ name, features, columns = features.columns, image }) => {
    const match = given.find((modality) => modality.name === name);
    if (match === undefined) throw refuse(given.map((modality) => modality.name).join(', '));
    if (match.features.columns !== columns) {
      throw refuse(`'${name}' with ${match.features.columns} features instead of ${columns}`);
    }
    const [own, other] = [describe(image), describe(imageSize(match))];
    if (own !== other) throw refuse(`'${name}' as ${other} instead of ${own}`);
    return match;
  });
}

function imageSize(modality: Modality): PreparedModality['image'] {
  if (modality.kind === 'vectors') return undefined;
  const { height, width, channels } = modality;
  return { height, width, channels };
}

function describe(image: PreparedModality['image']): string {
  return image === undefined ? 'vectors' : `images of ${image.height} x ${image.width} x ${image.channels}`;
}
