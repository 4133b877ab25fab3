import {
  images,
  randomSource,
  sliceRows,
  vectors,
  type CrossmodalError,
  type DenseMatrix,
  type Modality,
} from '@crossmodal/core';
import { reorderImages } from '@crossmodal/io';
import {
  fitMinMax,
  fitPca,
  fitSqc,
  fitStandard,
  fitUnitRows,
  hog,
  sobelEdges,
  type FittedTransform,
  type FitTransformOptions,
} from '@crossmodal/transforms';
import { usageError } from '../../errors/usage-error.js';
import type { Warning } from '../../warnings.js';
import type { FileReader } from '../file-reader.js';
import type { ModalitySpec, Scale } from '../grammar/modality-spec.js';
import { resolveRowRange } from '../grammar/row-range.js';
import type { ImageAxes, ImageSize } from './image-axes.js';
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
  if (matrix.rows === 0) {
    throw usageError(where, 'one row at least', 'none', 'Name another variable, PATH:VARIABLE.');
  }
  const features = sliceRows(matrix, ...resolveRowRange(`${where} key 'rows'`, spec.rows, matrix.rows));
  const present = spec.absent === undefined ? undefined : presentRows(`${where} key 'absent'`, features);
  checkValues(where, features, present);
  const layout = layoutOf(where, spec, stored);
  const ordered = layout === undefined ? features : reorderImages(features, layout);
  const { modality, warnings } = transform(spec, { name, features: ordered, layout }, present);
  return {
    modality,
    description: describeModality(modality, {
      leftOut: stored.leftOut,
      readAs:
        spec.axes === 'nchw' && stored.image === undefined
          ? `${stored.readAs}, channels first`
          : stored.readAs,
    }),
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
    if (spec.axes !== undefined) throw imagesNeeded(`${where} key 'axes'`);
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
  // The order that the array's own axes suggest is that of images of the size that they suggest.
  const isAsStored = image?.height === height && image.width === width && image.channels === channels;
  const stored = isAsStored ? image.order : spec.order;
  const order = spec.axes === 'nchw' ? 'planes' : spec.axes === 'nhwc' ? 'row' : stored;
  return { height, width, channels, order };
}

/** Features on their way to a method. */
interface Draft {
  readonly name: string;
  readonly features: DenseMatrix;
  /** Where rows are images, row-major and channels last. */
  readonly layout: ImageSize | undefined;
}

/** Applies edges or hog, the scale and the projection, and rounds to single precision last. */
function transform(
  spec: ModalitySpec,
  stored: Draft,
  present: Uint8Array | undefined,
): Pick<LoadedModality, 'modality' | 'warnings'> {
  const options = present === undefined ? {} : { present };
  const { draft, warnings } =
    spec.derive === undefined ? { draft: stored, warnings: [] } : derive(spec, stored, present);
  const scaled =
    spec.scale === 'none'
      ? draft.features
      : FIT_SCALE[spec.scale](draft.features, options).apply(draft.features, present);
  const projected = spec.pca === undefined ? scaled : project(draft.name, spec.pca, scaled, options);
  const rounded = roundFeatures(draft.name, projected, present);
  return {
    modality: toModality(
      { ...draft, features: rounded.features, layout: spec.pca === undefined ? draft.layout : undefined },
      present,
    ),
    warnings: [...warnings, ...rounded.warnings],
  };
}

function toModality({ name, features, layout }: Draft, present: Uint8Array | undefined): Modality {
  return layout === undefined ? vectors(name, features, present) : images(name, features, layout, present);
}

/** Replaces images by their edge maps or histograms, which are filters of single precision. */
function derive(
  { derive: kind, name: chosen }: ModalitySpec,
  { name, features, layout }: Draft,
  present: Uint8Array | undefined,
): { readonly draft: Draft; readonly warnings: readonly Warning[] } {
  const rounded = roundFeatures(name, features, present);
  const modality = toModality({ name, features: rounded.features, layout }, present);
  if (modality.kind !== 'images') throw imagesNeeded(`modality '${name}' key '${kind}'`);
  // Without a name of the user's own, the result says what it is: `fea-edges`, `fea-hog`.
  const given = chosen === undefined ? undefined : name;
  const derived: Modality = kind === 'hog' ? hog(modality, given) : sobelEdges(modality, given);
  return {
    draft: {
      name: derived.name,
      features: derived.features,
      layout: derived.kind === 'images' ? derived : undefined,
    },
    warnings: rounded.warnings,
  };
}

/** Principal components of the features. */
function project(
  name: string,
  pca: number,
  features: DenseMatrix,
  options: FitTransformOptions,
): DenseMatrix {
  const { present } = options;
  const most = Math.min(present === undefined ? features.rows : countPresent(present), features.columns);
  if (pca > most) {
    throw usageError(
      `modality '${name}' key 'pca'`,
      `an integer in 1..${most}, the smaller of rows and features`,
      String(pca),
    );
  }
  // The components do not depend on the seed but by rounding, so that runs of all seeds see the same features.
  return fitPca(features, { components: pca, random: randomSource(0), ...options }).apply(features, present);
}

function imagesNeeded(where: string): CrossmodalError {
  return usageError(where, 'images', 'vectors', 'Give the size of one image, image=HxW.');
}
