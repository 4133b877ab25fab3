import {
  images,
  randomSource,
  vectors,
  type CrossmodalError,
  type DenseMatrix,
  type Modality,
} from '@crossmodal/core';
import {
  fitMinMax,
  fitPca,
  fitSqc,
  fitStandard,
  fitUnitRows,
  hog,
  reorderImages,
  sliceRows,
  sobelEdges,
  transformModality,
  type FittedTransform,
  type FitTransformOptions,
} from '@crossmodal/data';
import { usageError } from '../../usage-error.js';
import type { Warning } from '../../warnings.js';
import type { FileReader } from '../file-reader.js';
import type { ModalitySpec, Scale } from '../grammar/modality-spec.js';
import { resolveRowRange } from '../grammar/row-range.js';
import type { ImageAxes } from './image-axes.js';
import { describeModality, type ModalityDescription } from './modality-description.js';
import { countPresent, presentRows } from './present-rows.js';
import { readFeatures } from './read-features.js';
import { checkValues, roundFeatures } from './round-features.js';
import type { StoredFeatures } from './stored-features.js';

type FitTransform = (features: DenseMatrix, options: FitTransformOptions) => FittedTransform;

const FIT_SCALE: Readonly<Record<Exclude<Scale, 'none'>, FitTransform>> = {
  minmax: fitMinMax,
  standard: fitStandard,
  unit: fitUnitRows,
  sqc: fitSqc,
};

/** A modality that was read, and what is to be said of how. */
export interface LoadedModality {
  readonly modality: Modality;
  readonly description: ModalityDescription;
  readonly warnings: readonly Warning[];
}

/**
 * Reads what a `--modality` describes: one modality, or one per cell when the variable is a cell array. Values keep the precision of the
 * file until they are scaled and projected.
 *
 * @throws CrossmodalError naming the file, the variable or the key that cannot be used.
 */
export async function loadModality(
  spec: ModalitySpec,
  files: FileReader,
): Promise<readonly LoadedModality[]> {
  return (await readFeatures(spec, files)).map((stored) => prepare(spec, stored));
}

function prepare(spec: ModalitySpec, stored: StoredFeatures): LoadedModality {
  const { name, matrix } = stored;
  const where = `modality '${name}'`;
  if (matrix.columns === 0) {
    throw usageError(where, 'one column at least', 'none', 'Name another variable, PATH:VARIABLE.');
  }
  const features = sliceRows(matrix, ...resolveRowRange(`${where} key 'rows'`, spec.rows, matrix.rows));
  const present = spec.absent === undefined ? undefined : presentRows(`${where} key 'absent'`, features);
  checkValues(where, features, present);
  const layout = layoutOf(where, spec, stored);
  const ordered = layout === undefined ? features : reorderImages(features, layout);
  const { modality, warnings } = transform(spec, name, ordered, layout, present);
  return {
    modality,
    description: describeModality(modality, stored),
    warnings: [...stored.warnings, ...warnings],
  };
}

/** Size and order of the images that the rows are, where they are images. */
function layoutOf(
  where: string,
  spec: ModalitySpec,
  { image, matrix }: StoredFeatures,
): ImageAxes | undefined {
  const { height, width, channels } = spec.image ?? image ?? {};
  if (height === undefined || width === undefined || channels === undefined) {
    if (spec.order === 'column') throw imagesNeeded(`${where} key 'order'`);
    return undefined;
  }
  const size = height * width * channels;
  if (size !== matrix.columns) {
    throw usageError(
      `${where} key 'image'`,
      `${matrix.columns} values per row, as the file has`,
      `${height}x${width}${channels === 1 ? '' : `x${channels}`}, which are ${size}`,
    );
  }
  const order = spec.axes === 'nchw' ? 'planes' : spec.axes === 'nhwc' ? 'row' : (image?.order ?? spec.order);
  return { height, width, channels, order };
}

interface Transformed {
  readonly modality: Modality;
  readonly warnings: readonly Warning[];
}

/** Applies edges or hog, the scale and the projection; the first that there is takes the values as the file has them. */
function transform(
  spec: ModalitySpec,
  name: string,
  features: DenseMatrix,
  layout: ImageAxes | undefined,
  present: Uint8Array | undefined,
): Transformed {
  const options = present === undefined ? {} : { present };
  const toModality = (name: string, values: DenseMatrix): Modality =>
    layout === undefined ? vectors(name, values, present) : images(name, values, layout, present);
  if (spec.derive !== undefined) {
    const { features: rounded, warnings } = roundFeatures(name, features, present);
    const derived = derive(spec, toModality(name, rounded));
    const scaled =
      spec.scale === 'none'
        ? derived
        : transformModality(derived, FIT_SCALE[spec.scale](derived.features, options));
    return { modality: project(spec, scaled, scaled.features, options), warnings };
  }
  if (spec.scale !== 'none') {
    const scaled = FIT_SCALE[spec.scale](features, options).apply(features, present);
    return { modality: project(spec, toModality(name, scaled), scaled, options), warnings: [] };
  }
  if (spec.pca !== undefined) {
    const { features: rounded } = roundFeatures(name, features, present);
    return { modality: project(spec, toModality(name, rounded), features, options), warnings: [] };
  }
  const { features: rounded, warnings } = roundFeatures(name, features, present);
  return { modality: toModality(name, rounded), warnings };
}

/** Principal components of the features, where they are asked for. */
function project(
  { pca }: ModalitySpec,
  modality: Modality,
  features: DenseMatrix,
  options: FitTransformOptions,
): Modality {
  if (pca === undefined) return modality;
  const { present } = options;
  const most = Math.min(present === undefined ? features.rows : countPresent(present), features.columns);
  if (pca > most) {
    throw usageError(
      `modality '${modality.name}' key 'pca'`,
      `an integer in 1..${most}, the smaller of rows and features`,
      String(pca),
    );
  }
  // The components do not depend on the seed but by rounding, so that runs of all seeds see the same features.
  const projection = fitPca(features, { components: pca, random: randomSource(0), ...options });
  return vectors(modality.name, projection.apply(features, present), present);
}

function derive({ derive: kind, name: chosen }: ModalitySpec, modality: Modality): Modality {
  const { name } = modality;
  if (modality.kind !== 'images') throw imagesNeeded(`modality '${name}' key '${kind}'`);
  // Without a name of the user's own, the result says what it is: `fea-edges`, `fea-hog`.
  const given = chosen === undefined ? undefined : name;
  return kind === 'hog' ? hog(modality, given) : sobelEdges(modality, given);
}

function imagesNeeded(where: string): CrossmodalError {
  return usageError(where, 'images', 'vectors', 'Give the size of one image, image=HxW.');
}
