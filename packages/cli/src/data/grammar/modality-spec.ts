import { usageError } from '../../errors/usage-error.js';
import { isFile } from './is-file.js';
import { parseRowRange, type RowRange } from './row-range.js';
import { parseSource, SOURCE_KEYS, type SourceSpec } from './source-spec.js';
import { splitSpec } from './split-spec.js';

/** Scalings of a modality, by their names in a specification. */
export const SCALES = ['none', 'minmax', 'standard', 'unit', 'sqc'] as const;

/** One of {@link SCALES}. */
export type Scale = (typeof SCALES)[number];

const AXES = ['nchw', 'nhwc'] as const;

/** Order of the axes of an array of images. */
export type Axes = (typeof AXES)[number];

/** What `--modality` says, keys resolved; applied in the order transpose, rows, absent, image and axes, edges or hog, scale, pca. */
export interface ModalitySpec extends SourceSpec {
  readonly name?: string;
  /** Size of one image, when rows are images. */
  readonly image?: { readonly height: number; readonly width: number; readonly channels: number };
  /** Order of the pixels of a row: `column` is MATLAB's. */
  readonly order: 'row' | 'column';
  /** Where the channels of images stand: behind each pixel, or one plane after the other; guessed when left out. */
  readonly axes?: Axes;
  /** What the images are replaced by: their Sobel edge maps or their HOG vectors. */
  readonly derive?: 'edges' | 'hog';
  readonly scale: Scale;
  /** Principal components kept. */
  readonly pca?: number;
  readonly rows?: RowRange;
  /** How rows that are absent are marked: `nan`, by NaN in all their values. */
  readonly absent?: 'nan';
  /** Whether the axes of the stored array are reversed first. */
  readonly transpose: boolean;
}

const KEYS = [
  ...['name', 'image', 'order', 'axes', 'edges', 'hog', 'scale', 'pca', 'rows', 'absent', 'transpose'],
  ...SOURCE_KEYS,
];
const FLAGS = ['hog', 'transpose'];

/**
 * Reads `PATH[:VARIABLE][,key=value...]`. Keys are taken from the right as long as they are known, so a path may hold commas.
 *
 * @throws CrossmodalError `option` naming the key that cannot be used.
 */
export function parseModalitySpec(text: string, exists = isFile): ModalitySpec {
  const where = `--modality '${text}'`;
  const { values, ...source } = splitSpec(text, { where, keys: KEYS, flags: FLAGS, isFile: exists });
  const choose = <T extends string>(key: string, choices: readonly T[], fallback: T): T => {
    const value = values.get(key) ?? fallback;
    const choice = choices.find((known) => known === value);
    if (choice === undefined) throw usageError(`${where} key '${key}'`, choices.join(', '), `'${value}'`);
    return choice;
  };
  if (values.has('edges') && values.has('hog')) {
    throw usageError(
      where,
      'edges or hog',
      'both',
      'Repeat --modality with the same file for a second modality.',
    );
  }
  if (values.has('edges')) choose('edges', ['sobel'], 'sobel');
  if (values.has('axes') && values.has('order')) {
    throw usageError(
      where,
      'axes or order',
      'both',
      'Arrays in column order say by it where channels stand.',
    );
  }
  const [name, image, pca, rows] = ['name', 'image', 'pca', 'rows'].map((key) => values.get(key));
  return {
    ...parseSource(where, source, values),
    order: choose('order', ['row', 'column'], 'row'),
    scale: choose('scale', SCALES, 'none'),
    transpose: values.has('transpose'),
    ...(name === undefined ? {} : { name }),
    ...(image === undefined ? {} : { image: parseImageSize(where, image) }),
    ...(values.has('edges') ? { derive: 'edges' } : values.has('hog') ? { derive: 'hog' } : {}),
    ...(pca === undefined ? {} : { pca: parseCount(`${where} key 'pca'`, pca) }),
    ...(values.has('axes') ? { axes: choose('axes', AXES, 'nhwc') } : {}),
    ...(values.has('absent') ? { absent: choose('absent', ['nan'], 'nan') } : {}),
    ...(rows === undefined ? {} : { rows: parseRowRange(`${where} key 'rows'`, rows) }),
  };
}

function parseImageSize(where: string, text: string): NonNullable<ModalitySpec['image']> {
  const [, height, width, channels = '1'] = /^(\d+)x(\d+)(?:x(\d+))?$/.exec(text) ?? [];
  const size = { height: Number(height), width: Number(width), channels: Number(channels) };
  if (!(size.height > 0 && size.width > 0 && size.channels > 0)) {
    throw usageError(
      `${where} key 'image'`,
      'HEIGHTxWIDTH or HEIGHTxWIDTHxCHANNELS, such as 28x28',
      `'${text}'`,
    );
  }
  return size;
}

function parseCount(where: string, text: string): number {
  if (!/^[1-9]\d*$/.test(text)) throw usageError(where, 'an integer of 1 or more', `'${text}'`);
  return Number(text);
}
