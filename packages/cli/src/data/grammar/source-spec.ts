import { usageError } from '../../errors/usage-error.js';
import type { PathVariable } from './path-variable.js';

/** Formats that the key `format` names. */
export const FORMATS = ['csv', 'tsv', 'npy', 'npz', 'mat', 'idx'] as const;

/** One of {@link FORMATS}. */
export type Format = (typeof FORMATS)[number];

const DELIMITERS = {
  comma: ',',
  semicolon: ';',
  tab: '\t',
  pipe: '|',
  blanks: 'blanks',
} as const;
const DECIMALS = { point: '.', comma: ',' } as const;
const ANSWERS = { yes: true, no: false } as const;

/** How a file is read, where it is not left to a guess. */
export interface SourceSpec extends PathVariable {
  /** Format of the file; standard input and names that do not tell it need one. */
  readonly format?: Format;
  /** Whether the first line of a table names its columns. */
  readonly header?: boolean;
  /** What stands between the cells of a table. */
  readonly delimiter?: (typeof DELIMITERS)[keyof typeof DELIMITERS];
  /** What stands before the decimals of numbers in a table. */
  readonly decimal?: (typeof DECIMALS)[keyof typeof DECIMALS];
}

/** Keys of a source, in the order in which they are listed. */
export const SOURCE_KEYS = ['format', 'header', 'delimiter', 'decimal'] as const;

/** Path that stands for standard input. */
export const STDIN = '-';

/**
 * Reads the keys that say how a file is read.
 *
 * @throws CrossmodalError `option` for a value that a key does not have, or when standard input has no format.
 */
export function parseSource(
  where: string,
  { path, variable }: PathVariable,
  values: ReadonlyMap<string, string>,
): SourceSpec {
  const choose = <T>(key: string, choices: Readonly<Record<string, T>>): T | undefined => {
    const value = values.get(key);
    if (value === undefined) return undefined;
    if (Object.hasOwn(choices, value)) return choices[value];
    throw usageError(`${where} key '${key}'`, Object.keys(choices).join(', '), `'${value}'`);
  };
  const formats = Object.fromEntries(FORMATS.map((format) => [format, format]));
  const format = choose('format', formats) as Format | undefined;
  const header = choose('header', ANSWERS);
  const delimiter = choose('delimiter', DELIMITERS);
  const decimal = choose('decimal', DECIMALS);
  if (path === STDIN && format === undefined) {
    throw usageError(
      where,
      `a format, ${STDIN},format=csv`,
      'standard input without one',
      `One of ${FORMATS.join(', ')}.`,
    );
  }
  return {
    path,
    ...(variable === undefined ? {} : { variable }),
    ...(format === undefined ? {} : { format }),
    ...(header === undefined ? {} : { header }),
    ...(delimiter === undefined ? {} : { delimiter }),
    ...(decimal === undefined ? {} : { decimal }),
  };
}
