import { CrossmodalError } from './errors.js';
import type { DenseMatrix } from './matrix.js';

/** One modality of `[n, d]` feature vectors. */
export interface VectorModality {
  readonly kind: 'vectors';
  readonly name: string;
  /** Features, shape `[n, d]`; rows that are absent hold zeros. */
  readonly features: DenseMatrix<Float32Array>;
  /** 1 where the row is present, length `n`; left out when all are. */
  readonly present?: Uint8Array;
}

/** One modality of `[n, height, width, channels]` images, channels last, row-major. */
export interface ImageModality {
  readonly kind: 'images';
  readonly name: string;
  /** Pixels, shape `[n, height * width * channels]`, channels fastest; absent rows hold zeros. */
  readonly features: DenseMatrix<Float32Array>;
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  /** 1 where the row is present, length `n`; left out when all are. */
  readonly present?: Uint8Array;
}

/** One modality: vectors or images. */
export type Modality = VectorModality | ImageModality;

/** Row i of every modality describes one object; rows may be missing in some modalities, never in all. */
export interface Paired {
  readonly kind: 'paired';
  /** Objects. */
  readonly n: number;
  readonly modalities: readonly Modality[];
}

/** Every object has exactly one modality; objects are numbered modality after modality. */
export interface Mixed {
  readonly kind: 'mixed';
  /** Objects, the sum over modalities. */
  readonly n: number;
  readonly modalities: readonly Modality[];
}

/** Data in several modalities. */
export type MultiModalData = Paired | Mixed;

/**
 * Makes a modality of feature vectors.
 *
 * @param features - shape `[n, d]`, finite in the rows that are present; what absent rows hold is replaced by zeros
 * @param present - 1 where the row is present, 0 where it is absent, length `n`
 * @throws CrossmodalError `value` when a value is not finite or a flag is neither 0 nor 1; `shape` when `present` has another length.
 */
export function vectors(name: string, features: DenseMatrix, present?: Uint8Array): VectorModality {
  const checked = checkedFeatures(name, features, present);
  return { kind: 'vectors', name, features: checked, ...(present ? { present } : {}) };
}

/** Size of the images of a modality, in pixels. */
export interface ImageShape {
  readonly height: number;
  readonly width: number;
  /** @defaultValue 1 */
  readonly channels?: number;
}

/**
 * Makes a modality of images.
 *
 * @param features - shape `[n, height * width * channels]`, channels fastest, finite in the rows that are present; what absent rows
 * hold is replaced by zeros
 * @param present - 1 where the row is present, 0 where it is absent, length `n`
 * @throws CrossmodalError `shape` when a size is no whole number of 1 or more, or the width of the rows is not
 * `height * width * channels`; and as {@link vectors}.
 */
export function images(
  name: string,
  features: DenseMatrix,
  shape: ImageShape,
  present?: Uint8Array,
): ImageModality {
  const { height, width, channels = 1 } = shape;
  if (![height, width, channels].every((size) => Number.isInteger(size) && size >= 1)) {
    throw new CrossmodalError({
      code: 'shape',
      where: `images '${name}'`,
      expected: 'a height, a width and channels that are whole numbers of 1 or more',
      received: `${height} x ${width} x ${channels}`,
    });
  }
  if (height * width * channels !== features.columns) {
    throw new CrossmodalError({
      code: 'shape',
      where: `images '${name}'`,
      expected: `${height} x ${width} x ${channels} = ${height * width * channels} values a row`,
      received: `${features.columns}`,
      advice: 'Give the height, width and channels of one image.',
    });
  }
  const checked = checkedFeatures(name, features, present);
  return {
    kind: 'images',
    name,
    features: checked,
    height,
    width,
    channels,
    ...(present ? { present } : {}),
  };
}

/**
 * Pairs modalities whose row i describes the same object.
 *
 * @throws CrossmodalError `shape` when there is no modality or row counts differ; `value` when names repeat or an object is present
 * nowhere.
 */
export function paired(modalities: readonly Modality[]): Paired {
  const first = checkedNames('paired', modalities);
  const n = first.features.rows;
  for (const modality of modalities) {
    if (modality.features.rows !== n) {
      throw new CrossmodalError({
        code: 'shape',
        where: 'paired',
        expected: `${n} rows in every modality, as in '${first.name}'`,
        received: `${modality.features.rows} in '${modality.name}'`,
        advice: 'Row i of every modality must describe the same object.',
      });
    }
  }
  if (modalities.every((modality) => modality.present)) {
    for (let i = 0; i < n; i++) {
      if (modalities.every((modality) => modality.present![i] === 0)) {
        throw new CrossmodalError({
          code: 'value',
          where: 'paired',
          expected: 'every object present in one modality at least',
          received: `object ${i} present in none`,
          advice: 'Remove the object.',
        });
      }
    }
  }
  return { kind: 'paired', n, modalities };
}

/**
 * Gathers modalities whose rows are different objects.
 *
 * @throws CrossmodalError `shape` when there is no modality; `value` when names repeat.
 */
export function mixed(modalities: readonly Modality[]): Mixed {
  checkedNames('mixed', modalities);
  return {
    kind: 'mixed',
    n: modalities.reduce((sum, modality) => sum + modality.features.rows, 0),
    modalities,
  };
}

function checkedNames(where: string, modalities: readonly Modality[]): Modality {
  const first = modalities[0];
  if (first === undefined) {
    throw new CrossmodalError({ code: 'shape', where, expected: 'one modality at least', received: 'none' });
  }
  const names = new Set<string>();
  for (const { name } of modalities) {
    if (names.has(name)) {
      throw new CrossmodalError({
        code: 'value',
        where,
        expected: 'distinct modality names',
        received: `'${name}' twice`,
      });
    }
    names.add(name);
  }
  return first;
}

function checkedFeatures(
  name: string,
  features: DenseMatrix,
  present?: Uint8Array,
): DenseMatrix<Float32Array> {
  const { rows, columns, values } = features;
  if (present && present.length !== rows) {
    throw new CrossmodalError({
      code: 'shape',
      where: `modality '${name}'`,
      expected: `${rows} presence flags`,
      received: `${present.length}`,
    });
  }
  const flag = present?.find((value) => value > 1);
  if (flag !== undefined) {
    throw new CrossmodalError({
      code: 'value',
      where: `modality '${name}'`,
      expected: 'presence flags of 0 or 1',
      received: String(flag),
    });
  }
  const single = clearAbsent(
    values instanceof Float32Array ? values : Float32Array.from(values),
    columns,
    present,
  );
  // After the conversion: a double can be finite and too large for single precision.
  const bad = single.findIndex((value) => !Number.isFinite(value));
  if (bad >= 0) {
    throw new CrossmodalError({
      code: 'value',
      where: `modality '${name}'`,
      expected: Number.isFinite(values[bad]) ? 'values that float32 can hold' : 'finite values',
      received: `${values[bad]} at row ${Math.floor(bad / columns)}, column ${bad % columns}`,
      advice: 'Mark rows that are missing as absent, or fill them in.',
    });
  }
  return { kind: 'dense', rows, columns, values: single };
}

/** The values with zeros in absent rows; a copy where they hold anything else. */
function clearAbsent(values: Float32Array, columns: number, present?: Uint8Array): Float32Array {
  let cleared = values;
  present?.forEach((flag, i) => {
    const row = values.subarray(i * columns, (i + 1) * columns);
    // Not `value !== 0`, since -0 would stay.
    if (flag !== 0 || row.every((value) => Object.is(value, 0))) return;
    if (cleared === values) cleared = values.slice();
    cleared.fill(0, i * columns, (i + 1) * columns);
  });
  return cleared;
}
