import {
  images,
  randomSource,
  vectors,
  type CrossmodalError,
  type DenseMatrix,
  type Modality,
} from '@crossmodal/core';
import {
  arrayToMatrix,
  fitPca,
  fitSqc,
  fitStandard,
  fitMinMax,
  fitUnitRows,
  hog,
  reorderImages,
  selectArray,
  sliceRows,
  sobelEdges,
  transformModality,
  type ArrayValue,
  type FitTransformOptions,
  type FittedTransform,
  type ImageOrder,
} from '@crossmodal/data';
import { parse } from 'node:path';
import { usageError } from '../usage-error.js';
import type { FileReader } from './file-reader.js';
import type { ModalitySpec, Scale } from './modality-spec.js';
import { reverseAxes } from './reverse-axes.js';
import { countPresent, presentRows } from './present-rows.js';
import { resolveRowRange } from './row-range.js';

type FitScale = (features: DenseMatrix, options: FitTransformOptions) => FittedTransform;

const FIT_SCALE: Readonly<Record<Exclude<Scale, 'none'>, FitScale>> = {
  minmax: fitMinMax,
  standard: fitStandard,
  unit: fitUnitRows,
  sqc: fitSqc,
};

/**
 * Reads what a `--modality` describes: one modality, or one a cell when the variable is a cell array.
 *
 * @throws CrossmodalError naming the file, the variable or the key that cannot be used.
 */
export async function loadModality(spec: ModalitySpec, files: FileReader): Promise<readonly Modality[]> {
  const value = selectArray(await files.read(spec), spec.variable, `'${spec.path}'`);
  const name = spec.name ?? spec.variable ?? parse(spec.path).name;
  if (value.kind !== 'cell') return [derive(spec, name, value)];
  return value.items.map((item, i) => derive(spec, `${name}-${i + 1}`, item));
}

function derive(spec: ModalitySpec, name: string, stored: ArrayValue): Modality {
  const where = `modality '${name}'`;
  const value = spec.transpose ? reverseAxes(stored) : stored;
  const matrix = arrayToMatrix(value, { where });
  const features = sliceRows(matrix, ...resolveRowRange(`${where} key 'rows'`, spec.rows, matrix.rows));
  const present = spec.absent === undefined ? undefined : presentRows(`${where} key 'absent'`, features);
  const image = spec.image ?? imageSize(spec, value);
  if (spec.order === 'column' && image === undefined) throw imagesNeeded(`${where} key 'order'`);
  const plain =
    image === undefined
      ? vectors(name, features, present)
      : toImages(name, features, { ...image, order: spec.order }, present);
  const scaled = scale(spec.scale, replace(spec, plain));
  if (spec.pca === undefined) return scaled;
  const { rows, columns } = scaled.features;
  const most = Math.min(present === undefined ? rows : countPresent(present), columns);
  if (spec.pca > most) {
    throw usageError(
      `${where} key 'pca'`,
      `an integer in 1..${most}, the smaller of rows and features`,
      String(spec.pca),
    );
  }
  // The components do not depend on the seed but by rounding, so that runs of all seeds see the same features.
  return transformModality(
    scaled,
    fitPca(scaled.features, { components: spec.pca, random: randomSource(0), ...presence(scaled) }),
  );
}

/** The size is checked before the order, by the function that names the modality. */
function toImages(
  name: string,
  features: DenseMatrix,
  layout: ImageOrder,
  present: Uint8Array | undefined,
): Modality {
  const stored = images(name, features, layout, present);
  return { ...stored, features: reorderImages(stored.features, layout) };
}

/** Size of one image when the array itself says so: `[n, height, width]` or `[n, height, width, channels]`. */
function imageSize({ order }: ModalitySpec, value: ArrayValue): ModalitySpec['image'] {
  if (value.kind !== 'array' || value.shape.length < 3 || value.shape.length > 4) return undefined;
  const [, a = 1, b = 1, c = 1] = value.shape;
  if (order === 'row') return { height: a, width: b, channels: c };
  // Column order comes with the axes reversed: [n, width, height] or [n, channels, width, height].
  return value.shape.length === 3
    ? { height: b, width: a, channels: 1 }
    : { height: c, width: b, channels: a };
}

function replace({ derive: kind, name: chosen }: ModalitySpec, modality: Modality): Modality {
  if (kind === undefined) return modality;
  const name = modality.name;
  if (modality.kind !== 'images') throw imagesNeeded(`modality '${name}' key '${kind}'`);
  // Without a name of the user's own, the result says what it is: `fea-edges`, `fea-hog`.
  const given = chosen === undefined ? undefined : name;
  return kind === 'hog' ? hog(modality, given) : sobelEdges(modality, given);
}

function imagesNeeded(where: string): CrossmodalError {
  return usageError(where, 'images', 'vectors', 'Give the size of one image, image=HxW.');
}

function scale(kind: Scale, modality: Modality): Modality {
  return kind === 'none'
    ? modality
    : transformModality(modality, FIT_SCALE[kind](modality.features, presence(modality)));
}

/** Which rows transforms learn from, where some are absent. */
function presence({ present }: Modality): FitTransformOptions {
  return present === undefined ? {} : { present };
}
