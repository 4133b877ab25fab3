import { images, randomSource, sliceRows, vectors, type DenseMatrix, type Modality } from '@crossmodal/core';
import { reorderImages, type FileRows } from '@crossmodal/io';
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
import { checkComponents, refuseNoRows } from './check-size.js';
import type { ImageSize } from './images/image-axes.js';
import { imagesNeeded, layoutOf, readAsWithAxes } from './images/image-layout.js';
import type { LoadedModality } from './loaded-modality.js';
import { describeModality } from './modality-description.js';
import { presentRows } from './present-rows.js';
import { projectRows } from './blocks/project-rows.js';
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

/**
 * Reads what a `--modality` describes: one modality, or one per cell when the variable is a cell array. Values keep the precision of the
 * file until they are scaled and projected. Where principal components are all that is kept of rows, and the file can be read block by
 * block, it is never in memory as a whole.
 *
 * @throws CrossmodalError naming the file, the variable or the key that cannot be used.
 */
export async function loadModality(
  spec: ModalitySpec,
  files: FileReader,
  signal?: AbortSignal,
): Promise<readonly LoadedModality[]> {
  const rows = await openForProjection(spec, files);
  if (rows !== undefined) return [await projectRows(spec, rows, files, signal)];
  return (await readFeatures(spec, files)).map((stored) => prepare(spec, stored));
}

/** The rows of a file of which nothing but their projection is needed, and which can be read block by block. */
async function openForProjection(spec: ModalitySpec, files: FileReader): Promise<FileRows | undefined> {
  const isByRow = spec.pca !== undefined && spec.derive === undefined && !spec.transpose;
  return isByRow ? files.openRows(spec) : undefined;
}

function prepare(spec: ModalitySpec, stored: StoredFeatures): LoadedModality {
  const { name, matrix } = stored;
  const where = `modality '${name}'`;
  if (matrix.columns === 0) {
    throw usageError(where, 'one column at least', 'none', 'Name another variable, PATH:VARIABLE.');
  }
  refuseNoRows(where, matrix.rows);
  const features = sliceRows(matrix, ...resolveRowRange(`${where} key 'rows'`, spec.rows, matrix.rows));
  const present = spec.absent === undefined ? undefined : presentRows(`${where} key 'absent'`, features);
  checkValues(where, features, present);
  const layout = layoutOf(where, spec, { ...stored, columns: matrix.columns });
  const ordered = layout === undefined ? features : reorderImages(features, layout);
  const { modality, warnings } = transform(spec, { name, features: ordered, layout }, present);
  return {
    modality,
    description: describeModality(modality, {
      leftOut: stored.leftOut,
      readAs: readAsWithAxes(spec, stored),
    }),
    warnings: [...stored.warnings, ...warnings],
  };
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
  checkComponents(name, pca, features, present);
  // The components do not depend on the seed but by rounding, so that runs of all seeds see the same features.
  return fitPca(features, { components: pca, random: randomSource(0), ...options }).apply(features, present);
}
