import { usageError } from '../usage-error.js';
import { parsePathVariable, type PathVariable } from './path-variable.js';
import { parseRowRange, type RowRange } from './row-range.js';

/** Scalings of a modality, by their names in a specification. */
export const SCALES = ['none', 'minmax', 'standard', 'unit', 'sqc'] as const;

/** One of {@link SCALES}. */
export type Scale = (typeof SCALES)[number];

/** What `--modality` says, keys resolved; applied in the order transpose, rows, absent, image, edges or hog, scale, pca. */
export interface ModalitySpec extends PathVariable {
  readonly name?: string;
  /** Size of one image, when rows are images. */
  readonly image?: { readonly height: number; readonly width: number; readonly channels: number };
  /** Order of the pixels of a row: `column` is MATLAB's. */
  readonly order: 'row' | 'column';
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

const KEYS = ['name', 'image', 'order', 'edges', 'hog', 'scale', 'pca', 'rows', 'absent', 'transpose'];
const FLAGS = ['hog', 'transpose'];

/**
 * Reads `PATH[:VARIABLE][,key=value...]`. Keys are taken from the right as long as they are known, so a path may hold commas.
 *
 * @throws CrossmodalError `option` naming the key that cannot be used.
 */
export function parseModalitySpec(text: string): ModalitySpec {
  const where = `--modality '${text}'`;
  const { head, values } = splitKeys(where, text);
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
  const [name, image, pca, rows] = ['name', 'image', 'pca', 'rows'].map((key) => values.get(key));
  return {
    ...parsePathVariable(where, head),
    order: choose('order', ['row', 'column'], 'row'),
    scale: choose('scale', SCALES, 'none'),
    transpose: values.has('transpose'),
    ...(name === undefined ? {} : { name }),
    ...(image === undefined ? {} : { image: parseImageSize(where, image) }),
    ...(values.has('edges') ? { derive: 'edges' } : values.has('hog') ? { derive: 'hog' } : {}),
    ...(pca === undefined ? {} : { pca: parseCount(`${where} key 'pca'`, pca) }),
    ...(values.has('absent') ? { absent: choose('absent', ['nan'], 'nan') } : {}),
    ...(rows === undefined ? {} : { rows: parseRowRange(`${where} key 'rows'`, rows) }),
  };
}

/** Takes known keys off the right of a specification; what remains is the path. */
export function splitKeys(
  where: string,
  text: string,
  keys: readonly string[] = KEYS,
): { readonly head: string; readonly values: ReadonlyMap<string, string> } {
  const values = new Map<string, string>();
  let head = text;
  for (let comma = head.lastIndexOf(','); comma >= 0; comma = head.lastIndexOf(',')) {
    const [, key = '', value] = /^([^=]*)(?:=(.*))?$/s.exec(head.slice(comma + 1))!;
    if (!keys.includes(key)) {
      if (value === undefined) break;
      throw usageError(where, `the keys ${keys.join(', ')}`, `'${key}'`);
    }
    const isFlag = FLAGS.includes(key);
    if (isFlag !== (value === undefined) || value === '') {
      throw usageError(
        where,
        isFlag ? `'${key}' without a value` : `a value, ${key}=...`,
        `'${head.slice(comma + 1)}'`,
      );
    }
    if (values.has(key)) throw usageError(where, 'each key once', `'${key}' twice`);
    values.set(key, value ?? '');
    head = head.slice(0, comma);
  }
  return { head, values };
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
